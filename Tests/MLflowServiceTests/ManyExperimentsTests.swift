import Foundation
import MLflowService
import RunModel
import RunServices
import TestSupport
import Testing

/// More experiments than one tick looks at the `meta.yaml` of: what happens in any of them shows all the same.
@Suite struct ManyExperimentsTests {
    @Test func `runs show at once, a new name and a deletion within a round`() async throws {
        let stage = try await FileStage()
        for number in 1_000..<1_400 {
            try stage.write(
                "experiment_id: '\(number)'\nname: many \(number)\nlifecycle_stage: active\n",
                to: "\(stage.root)/\(number)/meta.yaml")
        }
        var replica = ChangeReplica()
        try await replica.catchUp(with: stage.service)
        #expect(replica.experiments.count == 403)
        for number in [1_000, 1_200, 1_399] {
            let id = "00000000000000000000000000\(number)00"
            try stage.write(
                "run_id: \(id)\nstatus: 1\nstart_time: 5\n", to: "\(stage.root)/\(number)/\(id)/meta.yaml")
            stage.clock.advance(by: 2_000)
            let batch = try await replica.pull(from: stage.service, pageSize: 0)
            #expect(batch.runs.contains { $0.id == RunID(id) })
            // Read without a look at all the others.
            try stage.write("1 0.5 0\n", to: "\(stage.root)/\(number)/\(id)/metrics/loss")
            let series = try await stage.service.metricSeries(
                for: ["loss", "none"].map { MetricSeriesKey(run: RunID(id), metric: $0) }, maxPoints: 10)
            #expect(series.map(\.points.count) == [1])
        }
        try stage.replace("many 1100", with: "renamed", in: stage.root + "/1100/meta.yaml")
        try stage.replace("active", with: "deleted", in: stage.root + "/1300/meta.yaml")
        // Ticks of two seconds: half a minute.
        for _ in 0..<15 {
            stage.clock.advance(by: 2_000)
            try await replica.pull(from: stage.service, pageSize: 0)
        }
        #expect(replica.experiments[ExperimentID("1100")]?.name == "renamed")
        #expect(replica.experiments[ExperimentID("1300")] == nil)
        // A question for all experiments looks at all of them.
        try stage.replace("many 1101", with: "asked", in: stage.root + "/1101/meta.yaml")
        _ = try await stage.service.runs(in: .all, matching: nil, limit: 1)
        #expect(try await stage.service.experiments().contains { $0.name == "asked" })
    }
}
