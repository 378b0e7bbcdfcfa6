import Foundation
import MLflowMeaning
import MLflowService
import MLflowWire
import RunModel
import RunServices

extension FuzzTarget {
    /// JSON that a server answers with, and what its runs come to.
    static let wire = FuzzTarget(
        "wire", rounds: 1_500,
        seeds: [
            #"{"runs":[{"info":{"run_id":"a","experiment_id":"1","status":"RUNNING","start_time":1750000000000},"#
                + #""data":{"metrics":[{"key":"loss","value":"NaN","timestamp":"1","step":9223372036854775807}],"#
                + #""params":[{"key":"lr","value":"0.1"}],"tags":[{"key":"mlflow.parentRunId","value":"a"},"#
                + #"{"key":"runwatch.supervisor","value":"5\t6\tb\thost"}]}}],"next_page_token":"x"}"#,
            #"{"experiments":[{"experiment_id":"1","name":"Default","creation_time":-9223372036854775808}]}"#,
            #"{"files":[{"path":"a.log","file_size":9223372036854775807},{"path":"a.log.part2","file_size":-5}]}"#,
            #"{"metrics":[{"key":"loss","value":1e308,"timestamp":1e300,"step":-1,"run_id":"a"}]}"#,
            #"{"run":{"info":{"run_uuid":"a","end_time":1e-5}}}"#,
            #"{"runs":"# + String(repeating: "[", count: 20_000), #"{"error_code":"X","message":"no"}"#,
        ]
    ) { bytes in
        let data = Data(bytes)
        let decoder = JSONDecoder()
        var runs = (try? decoder.decode(WireRunList.self, from: data))?.runs ?? []
        if let run = (try? decoder.decode(WireRunAnswer.self, from: data))?.run { runs.append(run) }
        for run in runs { MLflowMeaning.look(at: run.record(experimentName: "Default")) }
        for experiment in (try? decoder.decode(WireExperimentList.self, from: data))?.experiments ?? [] {
            _ = Timestamp(milliseconds: experiment.creationTime ?? 0)
        }
        _ = try? decoder.decode(WireMetricList.self, from: data)
        _ = try? decoder.decode(WireServerInfo.self, from: data)
        _ = try? decoder.decode(WireError.self, from: data)
        let files = (try? decoder.decode(WireArtifactList.self, from: data))?.files ?? []
        for log in LogParts.gather(files.map { LogParts.Part(path: $0.path, size: $0.size?.value ?? 0) }) {
            let size = log.file.size
            precondition(size >= 0)
            _ = log.parts(in: size / 2..<size)
        }
    }

    /// Tags of a run of MLflow's, those of a supervisor among them: `key=value` a line.
    static let mlflowTags = FuzzTarget(
        "mlflowTags",
        seeds: [
            "mlflow.runName=a\nmlflow.parentRunId=b\nrunwatch.created=9223372036854775807\nrunwatch.started=-1",
            "runwatch.supervisor=2147483648\t-9223372036854775808\tboot\thost\nrunwatch.heartbeat=-9223372036854775808",
            "runwatch.supervisor=5\t6\tb\t7\t8\tb\thost\nrunwatch.exit=signal 2147483647\nrunwatch.cancel=1",
            "runwatch.status=Preparing\nrunwatch.failure.code=x\nrunwatch.decided=KILLED\nmlflow.source.name=train.py",
            "runwatch.source.command=a\u{1f}b\nrunwatch.property.author=ana\nmlflow.source.git.commit=0",
        ]
    ) { bytes in
        var reader = FuzzReader(bytes)
        var record = MLflowRecord(
            id: "run", experimentID: "1", status: ["RUNNING", "SCHEDULED", "KILLED", "FAILED"][reader.index(below: 4)],
            startTime: reader.integer(), endTime: reader.integer())
        for line in String(decoding: reader.remainder(), as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            record.tags.append((String(parts[0]), parts.count > 1 ? String(parts[1]) : ""))
        }
        MLflowMeaning.look(at: record)
    }
}

/// All that is made of a record.
enum MLflowMeaning {
    static func look(at record: MLflowRecord) {
        for milliseconds in [Int64.min, 0, 1_750_000_000_000, .max] {
            let now = Timestamp(milliseconds: milliseconds)
            let run = MLflowMapping.run(from: record, at: now)
            _ = run.duration(at: now)
            _ = MLflowSupervision(record)?.isLive(at: now)
            _ = MLflowSupervision(record)?.state.isLive(at: now)
            _ = MLflowMapping.source(of: record)?.entryPoint
            _ = MLflowMapping.heartbeat(of: record, at: now)
            _ = MLflowMapping.cancelEdit(of: record, at: now)
            _ = try? MLflowMapping.edit(applying: .complete, to: record, onBehalfOf: .person, at: now)
            _ = try? MLflowMapping.edit(detaching: .status(1), applying: .complete, from: record, at: now)
            for filter in FilterSample.all { _ = filter.matches(run, at: now) }
        }
    }
}
