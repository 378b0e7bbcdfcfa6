import Foundation
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

/// Metrics by Azure's protocol, and the same ones by MLflow's.
struct AzureMetricTests {
    private func log(_ azure: AzureServer, _ values: String) async throws -> RawAnswer {
        try await azure.ask("POST", "metric/v2.0", "runs/a/batch", #"{"values":[\#(values)],"reportErrors":true}"#)
    }

    private func full(_ azure: AzureServer, _ name: String) async throws -> [String: Any] {
        try await azure.ask("POST", "metric/v2.0", "runs/a/full", #"{"metricName":"\#(name)"}"#).object
    }

    private func scalar(_ id: String, _ value: String, type: String = "double") -> String {
        #"{"name":"loss","columns":{"loss":"\#(type)"},"value":[{"metricId":"\#(id)","data":{"loss":\#(value)}}],"#
            + #""properties":{"uxMetricType":"azureml.v1.scalar"}}"#
    }

    @Test func `A value that is sent twice is kept once, and bare NaN is read`() async throws {
        let azure = try await AzureServer()
        try await azure.makeRun("a")
        for (id, value) in [("1", "0.5"), ("1", "0.5"), ("2", "0.5"), ("3", "NaN"), ("4", "-Infinity")] {
            #expect(try await log(azure, scalar(id, value)).status == 200)
        }
        let values = try #require(try await full(azure, "loss")["value"] as? [[String: Any]])
        let cells = values.compactMap { ($0["data"] as? [String: Any])?["loss"] }.map { "\($0)" }
        #expect(cells == ["0.5", "0.5", "NaN", "-Infinity"])
        let points = try await azure.server.store.metricHistory(
            of: MetricSeriesKey(run: RunID("a"), metric: "loss"), limit: 10, page: nil)
        #expect(points.items.count == 4)
    }

    @Test func `What MLflow logs is seen, also beside what Azure's client logged`() async throws {
        let azure = try await AzureServer()
        try await azure.makeRun("a")
        _ = try await log(azure, scalar("1", "1.0"))
        for (key, value) in [("loss", 0.5), ("other", 2.0)] {
            _ = try await azure.server.mlflow(
                "POST", "runs/log-metric",
                #"{"run_id":"a","key":"\#(key)","value":\#(value),"timestamp":4000000000000,"step":7}"#)
        }
        let list = try await azure.ask("POST", "metric/v2.0", "runs/a/list", "{}").object
        let names = (list["value"] as? [[String: Any]])?.compactMap {
            ($0["metricKey"] as? [String: Any])?["name"] as? String
        }
        #expect(names == ["loss", "other"])
        let loss = try #require(try await full(azure, "loss")["value"] as? [[String: Any]])
        #expect(loss.map { ($0["data"] as? [String: Any])?["loss"] as? Double } == [1, 0.5])
        let other = try #require(try await full(azure, "other")["value"] as? [[String: Any]])
        #expect(other.first?["step"] as? Int == 7)
        let missing = try await azure.ask("POST", "metric/v2.0", "runs/a/full", #"{"metricName":"none"}"#)
        #expect(missing.status == 404)
    }

    @Test func `Long series come in pages, and sampled`() async throws {
        let azure = try await AzureServer()
        try await azure.makeRun("a")
        let entries = (0..<5_000).map {
            MetricEntry(
                key: "loss", value: .number(Double($0)), step: Int64($0), timestamp: Timestamp(milliseconds: Int64($0)))
        }
        try await azure.server.store.logMetrics(entries, to: RunID("a"))
        var found: [Double] = []
        var token: String?
        repeat {
            let body = token.map { #"{"metricName":"loss","continuationToken":"\#($0)"}"# } ?? #"{"metricName":"loss"}"#
            let page = try await azure.ask("POST", "metric/v2.0", "runs/a/full", body).object
            let values = try #require(page["value"] as? [[String: Any]])
            found += values.compactMap { ($0["data"] as? [String: Any])?["loss"] as? Double }
            token = page["continuationToken"] as? String
        } while token != nil
        #expect(found == (0..<5_000).map(Double.init))
        let sample = try await azure.ask(
            "POST", "metric/v2.0", "runs/a/sample", #"{"metricName":"loss","maxValues":50}"#
        ).object
        let values = try #require(sample["value"] as? [[String: Any]])
        #expect(values.count <= 60 && (values.last?["data"] as? [String: Any])?["loss"] as? Double == 4_999)
    }

    @Test func `Rows that lack a column are filled`() async throws {
        let azure = try await AzureServer()
        try await azure.makeRun("a")
        let row = { (id: String, data: String, columns: String) in
            #"{"name":"row","columns":{\#(columns)},"value":[{"metricId":"\#(id)","data":{\#(data)}}],"#
                + #""properties":{"uxMetricType":"azureml.v1.table"}}"#
        }
        _ = try await log(azure, row("1", #""x":1"#, #""x":"int""#))
        _ = try await log(azure, row("2", #""y":2.5"#, #""y":"double""#))
        let values = try #require(try await full(azure, "row")["value"] as? [[String: Any]])
        let data = values.compactMap { $0["data"] as? [String: Any] }
        #expect(data[0]["x"] as? Int == 1 && data[0]["y"] as? String == "NaN")
        #expect(data[1]["x"] is NSNull && data[1]["y"] as? Double == 2.5)
    }
}
