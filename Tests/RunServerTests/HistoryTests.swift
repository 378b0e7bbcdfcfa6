import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

/// Histories of metrics that are longer than a piece in which they are sent.
struct HistoryTests {
    private static let count = 12_345

    /// A server with one run, whose metric has so many points; every seventh is a text, which MLflow's clients don't see.
    private func served() async throws -> (ServedStore, String) {
        let server = try await ServedStore()
        let run = try await server.newRun()
        let entries = (0..<Self.count).map(Self.entry)
        try await server.store.logMetrics(entries, to: RunID(run))
        return (server, run)
    }

    private static func entry(_ index: Int) -> MetricEntry {
        let value: MetricValue = index % 7 == 6 ? .text("none") : .number(Double(index))
        let time = Timestamp(milliseconds: 1_700_000_000_000 + Int64(index / 3))
        return MetricEntry(key: "loss", value: value, step: Int64(index), timestamp: time)
    }

    private static func values(_ answer: RawAnswer) -> [Double] {
        (answer.object["metrics"] as? [[String: Any]])?.compactMap { $0["value"] as? Double } ?? []
    }

    private static let expected = (0..<count).filter { $0 % 7 != 6 }.map(Double.init)

    @Test func `All points come when nobody asks for pages`() async throws {
        let (server, run) = try await served()
        let path = "/api/2.0/mlflow/metrics/get-history?run_id=\(run)&metric_key=loss"
        let answer = try await server.ask("GET", path)
        #expect(answer.status == 200 && answer.header("content-type") == "application/json")
        #expect(Self.values(answer) == Self.expected)
        #expect(answer.object["next_page_token"] == nil)
        // A short one is told with its length.
        #expect(try await server.ask("GET", path + "&max_results=10").header("content-length") != nil)
        #expect(try await server.ask("HEAD", path).body.isEmpty)
    }

    @Test func `A large page ends where it should, and the next one goes on`() async throws {
        let (server, run) = try await served()
        let path = "/api/2.0/mlflow/metrics/get-history?run_id=\(run)&metric_key=loss&max_results="
        let first = try await server.ask("GET", path + "7000")
        let token = try #require(first.object["next_page_token"] as? String)
        let second = try await server.ask("GET", path + "7000&page_token=" + token.replacing("=", with: "%3D"))
        #expect(Self.values(first).count == 6_000 && second.object["next_page_token"] == nil)
        #expect(Self.values(first) + Self.values(second) == Self.expected)
        let exact = try await server.ask("GET", path + "\(Self.count)")
        #expect(Self.values(exact) == Self.expected && exact.object["next_page_token"] == nil)
    }
}
