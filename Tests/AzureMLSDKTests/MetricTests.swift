import Foundation
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

/// Every kind of metric and file of azureml-core.
struct MetricTests {
    @Test func `Metrics and files come back as they were logged`() async throws {
        let server = try await ServedStore()
        let found = try await AzureClient().run("azureml_metrics.py", on: server)
        let metrics = try #require(found["metrics"] as? [String: Any])
        #expect(metrics["loss"] as? [Double] == [1, 0.5])
        #expect(metrics["once"] as? Int == 5)
        #expect(metrics["flag"] as? Bool == true)
        #expect(metrics["text"] as? String == "Hello")
        #expect(metrics["nan"] as? String == "nan" && metrics["inf"] as? String == "-inf")
        #expect(metrics["stepped"] as? Double == 1.5)
        #expect(metrics["fib"] as? [Int] == [0, 1, 1, 2])
        let row = try #require(metrics["row"] as? [String: Any])
        #expect(row["x"] as? [Int] == [1, 2] && row["y"] as? [Double] == [2.5, 3.5])
        let table = try #require(metrics["table"] as? [String: Any])
        #expect(table["a"] as? [Int] == [1, 2] && table["b"] as? [String] == ["x", "y"])
        for name in ["image", "confusion", "residuals", "predictions", "accuracy"] {
            #expect((metrics[name] as? String)?.hasPrefix("aml://artifactId/ExperimentRun/dcid.") == true, "\(name)")
        }
        #expect(found["same"] as? Bool == true && found["small"] as? String == "small")
        #expect((found["missing"] as? String)?.contains("Exception") == true)
        let files = try #require(found["files"] as? [String])
        #expect(files.contains("data/large.bin") && files.contains("kept/below/small ü.txt"))
        try await checkSeries(server, RunID(try #require(found["id"] as? String)))
    }

    /// The dashboard's service tells the same as series of points, and so does MLflow's protocol.
    private func checkSeries(_ server: ServedStore, _ id: RunID) async throws {
        let run = try await server.store.details(of: id).run
        #expect(run.metrics.value(forKey: "loss")?.value == .number(0.5))
        #expect(run.metrics.value(forKey: "nan")?.value == .number(.nan))
        #expect(run.metrics.value(forKey: "inf")?.value == .number(-.infinity))
        #expect(run.metrics.value(forKey: "text")?.value == .text("Hello"))
        #expect(run.metrics.value(forKey: "stepped")?.step == 10)
        #expect(run.metrics.value(forKey: "row/y")?.value == .number(3.5))
        #expect(run.metrics.value(forKey: "table/b")?.value == .text("y"))
        let series = try await server.store.metricSeries(
            for: [MetricSeriesKey(run: id, metric: "fib")], maxPoints: 100)
        #expect(series.first?.points.map(\.value) == [.number(0), .number(1), .number(1), .number(2)])
        let history = try await server.mlflow("GET", "metrics/get-history?run_id=\(id.text)&metric_key=loss")
        let values = (history["metrics"] as? [[String: Any]])?.map { $0["value"] as? Double }
        #expect(values == [1, 0.5])
        let listed = try await server.mlflow("GET", "artifacts/list?run_id=\(id.text)&path=kept/below")
        let paths = (listed["files"] as? [[String: Any]])?.map { $0["path"] as? String }
        #expect(paths == ["kept/below/small ü.txt"])
    }
}
