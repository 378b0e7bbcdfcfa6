import MLflowService
import RunModel
import RunServices
import TestSupport
import Testing

/// What is said when a server answers with something else, and that nothing is lost by it.
struct ServerFaultTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        var name: String
        var reply: FaultyTracker.Fault
        var code: RunServiceError.Code
        /// After `The MLflow server at 127.0.0.1:PORT `.
        var sentence: String
        var underlying: String?
        var testDescription: String { name }

        init(
            _ name: String, _ code: RunServiceError.Code, _ sentence: String, underlying: String? = nil,
            _ reply: @escaping FaultyTracker.Fault
        ) {
            (self.name, self.code, self.sentence, self.underlying, self.reply) =
                (name, code, sentence, underlying, reply)
        }
    }

    private static let login = "MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD"
    private static let wrong = "answered with something else than it should; check the address."

    static let faults = [
        Fault(
            "a web page", .unexpectedResponse, "answered with a web page; check the address, or log in there first."
        ) { .page(200, "Hello \($0["Authorization"] ?? "")") },
        Fault("a page that is not there", .unexpectedResponse, "has nothing at this address; check its path.") { _ in
            .page(404, "404 Not Found")
        },
        Fault(
            "nothing behind the proxy", .unexpectedResponse, "has nothing at this address; check its path.",
            underlying: "default backend - 404"
        ) { _ in .answer(404, "text/plain", "default backend - 404") },
        Fault("half of JSON", .unexpectedResponse, wrong, underlying: "it is not JSON") { _ in
            .json(#"{"runs":[{"info":"#)
        },
        Fault("a list", .unexpectedResponse, wrong, underlying: "it is of another kind") { _ in .json("[]") },
        Fault("null", .unexpectedResponse, wrong, underlying: "it is of another kind") { _ in .json("null") },
        Fault(
            "no credentials", .unauthorized,
            "does not accept the credentials from \(login); they may be wrong or have expired.",
            underlying: "*** is not the password; *** is no good."
        ) { request in
            let sent = request["Authorization"]?.split(separator: " ").last ?? ""
            return .answer(401, "text/plain", "\(FaultyTracker.password) is not the password; \(sent) is no good.")
        },
        Fault(
            "forbidden", .forbidden, "forbids this; ask its administrator for permission.",
            underlying: "Permission denied"
        ) { _ in .answer(403, "text/plain", "Permission denied") },
        Fault(
            "another name", .forbidden, "forbids this; ask its administrator for permission.",
            underlying: "Invalid Host header - possible DNS rebinding attack detected"
        ) { _ in .answer(403, "text/plain", "Invalid Host header - possible DNS rebinding attack detected") },
        Fault("asked too often", .rateLimited, "is asked too often; try again later.") { _ in .answer(429, "") },
        Fault(
            "an error inside", .unavailable, "failed (500); its own log says why.", underlying: "no column; *** seen"
        ) { _ in
            .answer(
                500, "application/json",
                #"{"error_code":"INTERNAL_ERROR","message":"no column; \#(FaultyTracker.password) seen"}"#)
        },
        Fault("a broken page", .unavailable, "failed (500); its own log says why.") { _ in
            .page(500, "Internal Server Error")
        },
        Fault("a bad gateway", .unavailable, "is a gateway that got no good answer (502); try again later.") { _ in
            .page(502, "502 Bad Gateway")
        },
        Fault("no server", .unavailable, "is not available now (503); try again later.") { _ in .page(503, "503") },
        Fault(
            "a login page elsewhere", .unauthorized,
            "sends us to a login page; the credentials from \(login) may have expired.",
            underlying: "https://id.example"
        ) { _ in .redirect(to: "https://id.example/login?next=/api&state=\(FaultyTracker.password)") },
        Fault(
            "a torn answer", .unavailable,
            "closed the connection in the middle of its answer; it may be restarting."
        ) { _ in .torn(#"{"runs":["#) },
        Fault("no HTTP", .unexpectedResponse, "does not speak HTTP there; check the port.") { _ in
            .garbage(Array("SSH-2.0-OpenSSH_9.2\r\n".utf8))
        },
    ]

    /// Nothing of the credentials is in what is shown, logged or dumped.
    private func expect(_ fault: Fault, _ error: RunServiceError?, _ tracker: FaultyTracker) {
        #expect(error?.code == fault.code)
        #expect(error?.message == "The MLflow server at 127.0.0.1:\(tracker.server.port) \(fault.sentence)")
        if let underlying = fault.underlying { #expect(error?.underlying == underlying) }
        for text in [String(describing: error), String(reflecting: error)] {
            #expect(!text.contains("secret"))
            // The same in base64, as the header carries it.
            #expect(!text.contains("YW5hOnNlY3JldC1vZi1hbmE"))
        }
    }

    @Test(arguments: faults)
    func `a fault is named, and over when the server answers again`(_ fault: Fault) async throws {
        let tracker = try FaultyTracker()
        tracker.set("a", tag: "good")
        let service = try tracker.connect()
        var seen = ChangeReplica()
        try await seen.catchUp(with: service)
        let cursor = seen.cursor

        tracker.fail(with: fault.reply)
        tracker.clock.advance(by: 2_000)
        expect(fault, await refusal { try await seen.pull(from: service, pageSize: 0) }, tracker)
        expect(fault, await refusal { try await service.details(of: RunID("a")) }, tracker)
        #expect(seen.cursor == cursor)

        tracker.fail(with: nil)
        tracker.set("a", tag: "better")
        tracker.set("b", tag: "new", start: 1_750_000_000_500)
        tracker.clock.advance(by: 2_000)
        try await seen.pull(from: service, pageSize: 0)
        #expect(seen.runs.mapValues { $0.tags.value(forKey: "quality") } == [RunID("a"): "better", RunID("b"): "new"])
        #expect(try await service.details(of: RunID("a")).run == seen.runs[RunID("a")])
    }

    @Test func `a server that wants to be left alone is, and asked again by itself`() async throws {
        let tracker = try FaultyTracker()
        tracker.set("a", tag: "good")
        let service = try tracker.connect()
        var seen = ChangeReplica()
        try await seen.catchUp(with: service)
        tracker.fail { _ in .answer(429, headers: [("Retry-After", "1")], "") }
        let fault = Fault("", .rateLimited, "is asked too often; try again in 1 s.") { _ in .silence }
        expect(fault, await refusal { try await seen.pull(from: service, pageSize: 0) }, tracker)
        let asked = tracker.server.requests.count
        tracker.fail(with: nil)
        tracker.set("a", tag: "better")
        expect(fault, await refusal { try await service.details(of: RunID("a")) }, tracker)
        #expect(tracker.server.requests.count == asked)
        let quality = try await eventually("The server is asked again.") {
            (try? await seen.pull(from: service, pageSize: 0))?.runs.first?.tags.value(forKey: "quality") ?? nil
        }
        #expect(quality == "better")
    }

    @Test(arguments: [
        ("an error with the status of a good answer", #"{"detail":"not here"}"#, "there is no `runs` in it"),
        ("runs that are no list", #"{"runs":5}"#, "`runs` is of another kind"),
        ("a run without an id", #"{"runs":[{"info":{"experiment_id":"1"}}]}"#, "there is no `run_uuid` in it"),
        ("a time that is none", #"{"runs":[{"info":{"run_id":"a","start_time":{}}}]}"#, "of another kind"),
    ])
    func `an unreadable list is not an empty one`(_ name: String, _ json: String, _ reason: String) async throws {
        let tracker = try FaultyTracker()
        tracker.set("a", tag: "good")
        let service = try tracker.connect()
        var seen = ChangeReplica()
        try await seen.catchUp(with: service)
        tracker.fail { _ in .json(json) }
        let error = await refusal { try await seen.pull(from: service, pageSize: 0) }
        #expect(error?.code == .unexpectedResponse)
        #expect(error?.underlying?.contains(reason) == true, "\(name)")
        tracker.fail(with: nil)
        #expect(try await seen.pull(from: service, pageSize: 0).goneRuns == [])
        #expect(seen.runs.count == 1)
    }
}
