import Foundation
import MLflowService
import RunModel
import RunServices
import TestSupport
import Testing

private func not(_ words: String...) -> String {
    words.map { "attributes.status != '\($0)'" }.joined(separator: " AND ")
}

/// What of a filter the server is asked, and that it never hides a run.
struct FilterPushdownTests {
    private struct Search: Decodable {
        var filter: String?
        var experiment_ids: [String]?
    }

    private func asked(_ filter: String, _ tracker: FaultyTracker) async throws -> [Search] {
        let service = try tracker.connect()
        let before = tracker.server.requests.count
        _ = try await service.runs(in: .all, matching: try Filter.parse(filter), limit: 10)
        return try tracker.server.requests.dropFirst(before).filter { $0.path.hasSuffix("runs/search") }
            .map { try JSONDecoder().decode(Search.self, from: Data($0.body)) }
    }

    @Test(
        arguments: [
            (
                "status:failed",
                not("RUNNING", "FINISHED", "KILLED")
            ),
            ("status:active and metrics.loss < 0.3", "metrics.`loss` < 0.3"),
            (
                "status = running metrics.loss <= -1e-05",
                not("FINISHED", "FAILED", "KILLED") + " AND metrics.`loss` <= -1e-05"
            ),
            ("params.lr = 0.1 and tags.`a b` != \"it's\"", "params.`lr` = '0.1' AND tags.`a b` != \"it's\""),
            ("properties.author = ana", "tags.`runwatch.property.author` = 'ana'"),
            (
                "id = abc (tags.a = x and (params.b = y))",
                "attributes.run_id = 'abc' AND tags.`a` = 'x' AND params.`b` = 'y'"
            ),
            ("tags.a LIKE 'x%'", "tags.`a` LIKE 'x%'"), ("params.p LIKE 'x_y%z'", "params.`p` LIKE 'x%'"),
            ("params.p LIKE 'exact'", "params.`p` LIKE 'exact%'"),
            ("tags.a ILIKE 'sweep%' and tags.b ILIKE 'fine'", "tags.`a` ILIKE 'sweep%' AND tags.`b` ILIKE 'f%'"),
            ("tags.a IS NULL params.b IS NOT NULL", "tags.`a` IS NULL AND params.`b` IS NOT NULL"),
            ("properties.author IS NULL", "tags.`runwatch.property.author` IS NULL"),
            ("tags.a IS NULL params.p = x", "params.`p` = 'x' AND tags.`a` IS NULL"),
            ("created > 1000", "attributes.start_time >= 1001"),
            ("created = 1970-01-01T00:00:01Z", "attributes.start_time >= 1000 AND attributes.start_time <= 1999"),
            ("ended <= 5000 ended >= 10", "attributes.end_time <= 5000 AND attributes.end_time >= 10"),
            ("id IN (a, b)", "attributes.run_id IN ('a','b')"),
            ("parent = abc", "tags.`mlflow.parentRunId` = 'abc'"),
            ("parent IS NOT NULL", "tags.`mlflow.parentRunId` != ''"),
            // Where a server might pass over what passes here, it is asked for everything.
            ("tags.quality = é", nil), ("params.unit = K", nil), (#"tags.path = "c:\\x""#, nil),
            ("metrics.loss != 1", nil),
            ("metrics.loss = nan", nil), ("metrics.loss < inf", nil), ("name = sweep", nil), ("tags.a LIKE '%x'", nil),
            ("tags.a LIKE '_x%'", nil), ("tags.a LIKE '[x]%'", nil), ("tags.a NOT LIKE 'x%'", nil),
            ("tags.a ILIKE 'index%'", nil), ("name LIKE 'x%'", nil), ("user = ana", nil), ("started > 1000", nil),
            ("created != 1000", nil), ("created > -5", nil), ("created < -5", nil), ("ended IS NULL", nil),
            ("parent IS NULL", nil), ("metrics.loss IS NULL", nil), ("duration > 1h", nil),
            ("tags.`runwatch.property.author` IS NULL", nil),
            ("tags.a = x or tags.b = y", nil), ("not tags.a = x", nil), ("params.lr < 0.1", nil), ("lr", nil),
            ("", nil),
        ] as [(String, String?)])
    func `what the server is asked`(_ filter: String, _ expected: String?) async throws {
        let tracker = try FaultyTracker()
        tracker.set("a", tag: "good")
        #expect(try await asked(filter, tracker).map(\.filter) == [expected])
    }

    @Test func `an age is counted back from now`() async throws {
        let tracker = try FaultyTracker()
        tracker.set("a", tag: "good")
        let now = tracker.clock.now.milliseconds
        #expect(try await asked("age < 1h", tracker).map(\.filter) == ["attributes.start_time >= \(now - 3_599_999)"])
        #expect(try await asked("age >= 1h", tracker).map(\.filter) == ["attributes.start_time <= \(now - 3_600_000)"])
    }

    @Test func `an older server is asked without what it does not know`() async throws {
        let tracker = try FaultyTracker()
        tracker.set("a", tag: "good")
        tracker.fail { request in
            guard request.text.contains("IS NULL") else { return nil }
            return .answer(400, "application/json", #"{"error_code":"INVALID_PARAMETER_VALUE","message":"?"}"#)
        }
        let filters = try await asked("tags.none IS NULL tags.quality = good", tracker).map(\.filter)
        #expect(filters == ["tags.`quality` = 'good' AND tags.`none` IS NULL", "tags.`quality` = 'good'"])
    }

    @Test func `a condition on the experiment chooses where the server looks`() async throws {
        let tracker = try FaultyTracker()
        #expect(try await asked("experiment:explore", tracker).map(\.experiment_ids) == [["1"]])
        #expect(try await asked("experiment = other tags.a = b", tracker).isEmpty)
    }

    @Test func `a server with another grammar is asked for everything`() async throws {
        let tracker = try FaultyTracker()
        tracker.set("a", tag: "good")
        tracker.fail { request in
            guard request.path.hasSuffix("runs/search") else {
                return .json(#"{"experiments":[{"experiment_id":"1","name":"explore-runs"}]}"#)
            }
            if request.text.contains("quality") {
                return .answer(400, "application/json", #"{"error_code":"INVALID_PARAMETER_VALUE","message":"?"}"#)
            }
            return .json(
                #"{"runs":[{"info":{"run_id":"b","experiment_id":"1"},"data":{"tags":[{"key":"quality","value":"x"}]}}]}"#
            )
        }
        let filter = try Filter.parse("tags.quality = x")
        #expect(try await tracker.connect().runs(in: .all, matching: filter, limit: 10).map(\.id) == [RunID("b")])
    }

    @Test func `a real server gives what is found here`() async throws {
        let server = try await MLflowTrackingServer.shared()
        let connection = try MLflowConnection(
            uri: server.address, environment: ["MLFLOW_WORKSPACE": try await server.makeWorkspace()])
        let clock = TestClock()
        let service = try MLflowServer(connection, settings: .patient) { clock.now }
        let values = [
            "x", "X", "it's", "say \"x\"", "a%b", "a_b", "", " x", "x\nx", "c:\\x", "é", "-- x", "/* x */", "1",
        ]
        let numbers: [Double] = [0, -1, 0.1, 1e-05, .leastNonzeroMagnitude, 1e300, .nan, .infinity, -.infinity]
        let drafts = values.enumerated().map { index, value in
            RunDraft(
                experimentName: index % 2 == 0 ? "even" : "odd", name: "run \(index)",
                tags: Tags([("k", value), ("a b.c/d", "\(index % 3)")]),
                properties: Properties([("author", index % 2 == 0 ? "ana" : "bo")]),
                params: Params(value.isEmpty ? [] : [("p", value)]))
        }
        for (index, run) in try await service.createRuns(drafts).enumerated() {
            clock.advance(by: 10)
            let transitions: [Transition] = [.queue, .start, .complete, .fail(RunFailure()), .canceled]
            if index % 6 < 5 { try await service.apply(transitions[index % 6], to: run.id, onBehalfOf: .lifecycle) }
            if index % 6 == 1 { try await service.attach(Stamps.elsewhere, to: run.id) }
            if index == 7 { _ = try await service.cancel(run.id, includingDescendants: false) }
            if index < numbers.count {
                try await service.logMetrics([MetricEntry(key: "m", value: .number(numbers[index]))], to: run.id)
            }
        }
        let all = try await service.runs(in: .all, matching: nil, limit: 100)
        #expect(all.count == values.count)
        var filters = [
            "status:running", "status = CancelRequested", "status != FINISHED", "status:notstarted", "status:terminal",
            "status IN ('FAILED', 'KILLED')", "experiment = odd status:active", "properties.author = ana params.p = x",
            "tags.`a b.c/d` = 1 and tags.k != x", "id = \(all[3].id)", "id != \(all[3].id) params.p != x",
        ]
        filters += [
            "tags.k LIKE 'x%'", "tags.k LIKE 'a_b'", "tags.k ILIKE 'X%'", "params.p ILIKE 'it%'", "tags.none IS NULL",
            "params.p IS NULL", "params.p IS NOT NULL", "properties.author IS NOT NULL tags.k LIKE '%'",
            "id IN ('\(all[1].id)', '\(all[4].id)')", "parent IS NULL", "age < 1d", "age > 50ms", "ended > 2020-01-01",
            "created >= \(all[5].createdAt.milliseconds)", "created < \(all[5].createdAt.milliseconds)",
            "created = \(all[5].createdAt.milliseconds)",
        ]
        for value in values where !value.contains("\n") {
            let quote = value.contains("'") ? "\"" : "'"
            filters += ["tags.k = \(quote)\(value)\(quote)", "params.p != \(quote)\(value)\(quote)"]
        }
        for number in numbers.prefix(6) {
            filters += ["=", "<", "<=", ">", ">=", "!="].map { "metrics.m \($0) \(number)" }
        }
        for text in filters {
            let filter = try Filter.parse(text)
            let expected = all.filter { filter.matches($0, at: clock.now) }
            #expect(try await service.runs(in: .all, matching: filter, limit: 100) == expected, "\(text)")
        }
    }
}
