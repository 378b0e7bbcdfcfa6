import MLflowService
import RemotePolling
import RunModel
import RunServices
import Synchronization
import TestSupport
import Testing

/// Servers that always say that there is more, and others that say it for good reason.
struct EndlessAnswerTests {
    /// What comes with the token for the next page.
    enum Trick: String, CaseIterable, Sendable {
        case sameToken = "the same token"
        case ring = "tokens in a ring"
        case emptyPages = "new tokens and nothing else"
        case sparsePages = "new tokens and one item each"
        case longTokens = "tokens of a megabyte"

        func token(_ page: Int) -> String {
            switch self {
            case .sameToken: "again"
            case .ring: "page \(page % 5)"
            case .emptyPages, .sparsePages: "page \(page)"
            case .longTokens: String(repeating: "x", count: 1 << 20) + "\(page)"
            }
        }

        /// - Parameter item: an item of the list, as JSON.
        func answer(_ list: String, page: Int, _ item: String) -> FaultReply {
            let items = self == .emptyPages || self == .longTokens ? "" : item
            return .json(#"{"\#(list)":[\#(items)],"next_page_token":"\#(token(page))"}"#)
        }
    }

    /// A question that is answered in pages.
    enum Question: String, CaseIterable, Sendable {
        case runs, filtered, experiments, experimentWalk, tick, children, grandchildren, history, logs

        var path: String {
            switch self {
            case .runs, .filtered, .tick, .children, .grandchildren: "runs/search"
            case .experiments, .experimentWalk: "experiments/search"
            case .history: "metrics/get-history"
            case .logs: "artifacts/list"
            }
        }

        var list: String {
            switch self {
            case .runs, .filtered, .tick, .children, .grandchildren: "runs"
            case .experiments, .experimentWalk: "experiments"
            case .history: "metrics"
            case .logs: "files"
            }
        }

        func item(_ page: Int) -> String {
            switch list {
            case "runs":
                #"{"info":{"run_id":"n\#(page)","experiment_id":"1","status":"FINISHED","start_time":\#(page)}}"#
            case "experiments": #"{"experiment_id":"\#(page)","name":"e\#(page)"}"#
            case "metrics": #"{"key":"loss","value":1,"timestamp":1,"step":\#(page)}"#
            default: #"{"path":"\#(page).log","is_dir":false,"file_size":1}"#
            }
        }

        func ask(_ service: MLflowServer, _ seen: inout ChangeReplica, _ clock: TestClock) async throws {
            let run = RunID("a")
            switch self {
            case .runs:
                var anew = ChangeReplica()
                try await anew.catchUp(with: service)
            case .filtered: _ = try await service.runs(in: .all, matching: Filter.parse("name = none"), limit: 10)
            case .experiments: _ = try await service.experiments()
            case .experimentWalk:
                for _ in 0..<1_000 {
                    clock.advance(by: 2_000)
                    try await seen.pull(from: service, pageSize: 0)
                }
            case .tick:
                clock.advance(by: 2_000)
                try await seen.pull(from: service, pageSize: 0)
            case .children: _ = try await service.children(of: run, recursive: false, matching: nil)
            case .grandchildren: _ = try await service.children(of: run, recursive: true, matching: nil)
            case .history:
                _ = try await service.metricSeries(for: [MetricSeriesKey(run: run, metric: "loss")], maxPoints: 10)
            case .logs:
                let details = try await service.details(of: run)
                if let error = details.logsError { throw error }
            }
        }
    }

    @Test(arguments: Question.allCases, Trick.allCases)
    func `a server that never comes to an end is not asked for ever`(_ question: Question, _ trick: Trick) async throws
    {
        let tracker = try FaultyTracker()
        tracker.set("a", tag: "good")
        let service = try tracker.connect(settings: .init())
        var seen = ChangeReplica()
        try await seen.catchUp(with: service)
        let pages = Mutex(0)
        // A question that is asked once a tick comes to its end after more ticks.
        let before = tracker.server.requests.count
        tracker.fail { request in
            guard request.path.hasSuffix(question.path) else { return nil }
            let page = pages.withLock { pages in
                pages += 1
                return pages
            }
            return trick.answer(question.list, page: page, question.item(page))
        }
        let error = await refusal { try await question.ask(service, &seen, tracker.clock) }
        #expect(error?.code == .unexpectedResponse)
        #expect(error?.message.contains("without coming to an end; ask its administrator") == true)
        let asked = tracker.server.requests.dropFirst(before).filter { $0.path.hasSuffix(question.path) }.count
        #expect(asked < 130)

        // And well again when the server is.
        tracker.fail(with: nil)
        if question == .history {
            tracker.fail { $0.path.hasSuffix("get-history") ? .json("{}") : nil }
        }
        var again = ChangeReplica()
        try await again.catchUp(with: service)
        #expect(again.runs[RunID("a")]?.tags.value(forKey: "quality") == "good")
        if question != .experimentWalk { try await question.ask(service, &seen, tracker.clock) }
    }

    @Test func `a full read that does not end is taken up again where it was, once for each attempt`() async throws {
        let tracker = try FaultyTracker()
        let service = try tracker.connect()
        tracker.set("a", tag: "good")
        tracker.fail { request in
            guard request.path.hasSuffix("runs/search") else { return nil }
            return .json(#"{"runs":[],"next_page_token":"again"}"#)
        }
        var seen = ChangeReplica()
        _ = await refusal { try await seen.catchUp(with: service) }
        for _ in 0..<5 {
            let before = tracker.server.requests.count
            let error = await refusal { try await seen.catchUp(with: service) }
            #expect(error?.code == .unexpectedResponse)
            #expect(tracker.server.requests.count - before == 1)
        }
        tracker.fail(with: nil)
        try await seen.catchUp(with: service)
        #expect(seen.runs.count == 1)
    }

    /// The page that a request asks for, from 0.
    private static func page(_ request: FaultRequest) -> Int {
        request.target.split(separator: "page_token=").last.flatMap { Int($0.prefix { $0 != "&" }) } ?? 0
    }

    @Test func `logs on later pages are found and read`() async throws {
        let tracker = try FaultyTracker()
        tracker.set("a", tag: "good")
        tracker.fail { request in
            if request.path.hasSuffix("artifacts/list") {
                let page = Self.page(request)
                let token = page < 3 ? #","next_page_token":"\#(page + 1)""# : ""
                return .json(#"{"files":[{"path":"\#(page).log","is_dir":false,"file_size":3}]\#(token)}"#)
            }
            return request.path.hasSuffix("get-artifact") ? .answer(200, "text/plain", "abc") : nil
        }
        let service = try tracker.connect()
        #expect(try await service.details(of: RunID("a")).logs.map(\.name).sorted() == (0...3).map { "\($0).log" })
        let piece = try await service.readLog("3.log", of: RunID("a"), offset: 0, length: 10)
        #expect(String(decoding: piece.bytes, as: UTF8.self) == "abc")
    }

    @Test func `points on later pages are found`() async throws {
        let tracker = try FaultyTracker()
        tracker.set("a", tag: "good")
        tracker.fail { request in
            guard request.path.hasSuffix("get-history") else { return nil }
            let page = Self.page(request)
            let points = (0..<10).map { #"{"key":"loss","value":\#(page),"timestamp":1,"step":\#(page * 10 + $0)}"# }
            let token = page < 4 ? #","next_page_token":"\#(page + 1)""# : ""
            return .json(#"{"metrics":[\#(points.joined(separator: ","))]\#(token)}"#)
        }
        let key = MetricSeriesKey(run: RunID("a"), metric: "loss")
        let series = try await tracker.connect().metricSeries(for: [key], maxPoints: 1_000)
        #expect(series.first?.points.map(\.step) == Array(0..<50))
        #expect(series.first?.total == 50)
    }

    @Test func `ten thousand empty pages are not turned`() async throws {
        let tracker = try FaultyTracker()
        tracker.set("a", tag: "good")
        let pages = Mutex(0)
        tracker.fail { request in
            guard request.path.hasSuffix("runs/search") else { return nil }
            let page = pages.withLock { pages in
                pages += 1
                return pages
            }
            return page > 10_000 ? nil : .json(#"{"next_page_token":"page \#(page)"}"#)
        }
        var seen = ChangeReplica()
        let service = try tracker.connect()
        let error = await refusal { try await seen.catchUp(with: service) }
        #expect(error?.code == .unexpectedResponse)
        #expect(error?.underlying?.contains("10 pages in a row were empty") == true)
    }
}
