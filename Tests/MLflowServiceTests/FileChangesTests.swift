import Foundation
import MLflowService
import RunModel
import RunServices
import TestSupport
import Testing

/// What others do to `mlruns` while it is watched.
@Suite struct FileChangesTests {
    /// One tick after `change`, which must tell of `run` alone, as a full read then does.
    private func tick(
        _ replica: inout ChangeReplica, _ stage: FileStage, tells run: RunID,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        stage.clock.advance(by: 2_000)
        let batch = try await replica.pull(from: stage.service, pageSize: 0)
        #expect(batch.runs.map(\.id) + batch.goneRuns == [run], sourceLocation: sourceLocation)
        let listed = try await stage.service.runs(in: .all, matching: nil, limit: 100)
        #expect(
            replica.runs == Dictionary(uniqueKeysWithValues: listed.map { ($0.id, $0) }),
            sourceLocation: sourceLocation)
    }

    private func watched() async throws -> (FileStage, ChangeReplica) {
        let stage = try await FileStage()
        var replica = ChangeReplica()
        try await replica.catchUp(with: stage.service)
        return (stage, replica)
    }

    @Test func `a metric grows, line by line and key by key`() async throws {
        var (stage, replica) = try await watched()
        let run = try #require(try await stage.run(named: "numbers"))
        let file = stage.folder(of: run) + "/metrics/loss"
        for (step, value) in [(5, "0.25"), (6, "-inf"), (7, "nan"), (8, "1e-3")] {
            try stage.append("2000 \(value) \(step)\n", to: file)
            try await tick(&replica, stage, tells: run.id)
            #expect(replica.runs[run.id]?.metrics.value(forKey: "loss")?.step == Int64(step))
        }
        #expect(replica.runs[run.id]?.metrics.value(forKey: "loss")?.value == .number(0.001))
        // A line that is not the latest changes the series only.
        try stage.append("3000 9 1\n", to: file)
        _ = try await replica.pull(from: stage.service, pageSize: 0)
        #expect(replica.runs[run.id]?.metrics.value(forKey: "loss")?.step == 8)
        let series = try await stage.service.metricSeries(
            for: [MetricSeriesKey(run: run.id, metric: "loss")], maxPoints: 100)
        #expect(series.first?.points.map(\.step) == [0, 1, 1, 2, 3, 4, 5, 6, 7, 8])
        try stage.write("1 0.5 0\n", to: stage.folder(of: run) + "/metrics/test/deep/f1")
        try await tick(&replica, stage, tells: run.id)
        #expect(replica.runs[run.id]?.metrics.value(forKey: "test/deep/f1")?.value == .number(0.5))
    }

    @Test func `a metric's file begins anew`() async throws {
        var (stage, replica) = try await watched()
        let run = try #require(try await stage.run(named: "numbers"))
        let file = stage.folder(of: run) + "/metrics/loss"
        try stage.write("1 0.75 0\n", to: file)
        try await tick(&replica, stage, tells: run.id)
        let latest = MetricPoint(step: 0, timestamp: Timestamp(milliseconds: 1), value: .number(0.75))
        #expect(replica.runs[run.id]?.metrics.value(forKey: "loss") == latest)
        try FileManager.default.removeItem(atPath: file)
        try await tick(&replica, stage, tells: run.id)
        #expect(replica.runs[run.id]?.metrics.contains("loss") == false)
    }

    @Test func `half a line is no point yet`() async throws {
        var (stage, replica) = try await watched()
        let run = try #require(try await stage.run(named: "numbers"))
        let file = stage.folder(of: run) + "/metrics/loss"
        try stage.append("2000 12", to: file)
        try await replica.pull(from: stage.service, pageSize: 0)
        #expect(replica.runs[run.id]?.metrics.value(forKey: "loss")?.step == 4)
        try stage.append("34.5 50\n", to: file)
        try await tick(&replica, stage, tells: run.id)
        #expect(replica.runs[run.id]?.metrics.value(forKey: "loss")?.value == .number(1234.5))
    }

    @Test func `parameters and tags, in directories of their own too`() async throws {
        var (stage, replica) = try await watched()
        let run = try #require(try await stage.run(named: "keys"))
        let folder = stage.folder(of: run)
        // `params/model` is there already, so the time of `params` does not tell of this.
        try stage.age(folder)
        for name in FileManager.default.enumerator(atPath: folder)?.compactMap({ $0 as? String }) ?? [] {
            try stage.age(folder + "/" + name)
        }
        try await replica.catchUp(with: stage.service)
        try stage.write("64", to: folder + "/params/model/width")
        try await tick(&replica, stage, tells: run.id)
        #expect(replica.runs[run.id]?.params.value(forKey: "model/width") == "64")
        try stage.write("z", to: folder + "/tags/team/name")
        try await tick(&replica, stage, tells: run.id)
        #expect(replica.runs[run.id]?.tags.value(forKey: "team/name") == "z")
        try FileManager.default.removeItem(atPath: folder + "/tags/team/name")
        try await tick(&replica, stage, tells: run.id)
        #expect(replica.runs[run.id]?.tags.contains("team/name") == false)
    }

    @Test func `a run is deleted, restored, thrown away`() async throws {
        var (stage, replica) = try await watched()
        for name in ["child", "finished"] {
            let run = try #require(try await stage.run(named: name))
            let folder = stage.folder(of: run)
            try stage.replace("lifecycle_stage: active", with: "lifecycle_stage: deleted", in: folder + "/meta.yaml")
            try await tick(&replica, stage, tells: run.id)
            #expect(replica.runs[run.id] == nil)
            let error = await refusal { try await stage.service.details(of: run.id) }
            #expect(error?.code == .notFound)
            try stage.replace("lifecycle_stage: deleted", with: "lifecycle_stage: active", in: folder + "/meta.yaml")
            try await tick(&replica, stage, tells: run.id)
            #expect(replica.runs[run.id] == run)
            try FileManager.default.moveItem(atPath: folder, toPath: "\(stage.root)/.trash/\(run.id.text)")
            try await tick(&replica, stage, tells: run.id)
            #expect(replica.runs[run.id] == nil)
            try FileManager.default.moveItem(atPath: "\(stage.root)/.trash/\(run.id.text)", toPath: folder)
            try await tick(&replica, stage, tells: run.id)
            try FileManager.default.removeItem(atPath: folder)
            try await tick(&replica, stage, tells: run.id)
        }
        // Deleted before the store was opened.
        let path = try #require(
            stage.names().first { name in
                let text = try? String(contentsOfFile: stage.root + "/" + name, encoding: .utf8)
                return name.hasSuffix("/meta.yaml") && text?.contains("run_name: deleted\n") == true
            })
        try stage.replace("lifecycle_stage: deleted", with: "lifecycle_stage: active", in: stage.root + "/" + path)
        try await tick(&replica, stage, tells: RunID(String(path.split(separator: "/")[1])))
        #expect(replica.runs.values.contains { $0.name == "deleted" })
    }

    @Test func `an experiment is thrown away and comes back`() async throws {
        var (stage, replica) = try await watched()
        let run = try #require(try await stage.run(named: "elsewhere"))
        let (place, trash) = (stage.root + "/" + run.experimentID.text, stage.root + "/.trash/" + run.experimentID.text)
        try FileManager.default.moveItem(atPath: place, toPath: trash)
        try await tick(&replica, stage, tells: run.id)
        #expect(replica.experiments[run.experimentID] == nil)
        try FileManager.default.moveItem(atPath: trash, toPath: place)
        try await tick(&replica, stage, tells: run.id)
        #expect(replica.experiments[run.experimentID]?.counts.total == 1)
    }

    @Test func `a run moves to another experiment`() async throws {
        let (stage, _) = try await watched()
        let elsewhere = try #require(try await stage.run(named: "elsewhere")?.experimentID.text)
        // In whatever order the directories are looked at.
        for name in ["numbers", "keys", "finished", "failed", "killed"] {
            let run = try #require(try await stage.run(named: name))
            let place = "\(stage.root)/\(elsewhere)/\(run.id.text)"
            try FileManager.default.moveItem(atPath: stage.folder(of: run), toPath: place)
            #expect(try await stage.service.details(of: run.id).run.experimentID.text == elsewhere)
            try FileManager.default.moveItem(atPath: place, toPath: stage.folder(of: run))
            #expect(try await stage.service.details(of: run.id).run.experimentID == run.experimentID)
        }
    }
}
