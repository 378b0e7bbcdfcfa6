import HTTPTransport
import RunServices
import TestSupport
import Testing

/// Every fault of a server has a sentence of its own, which says what happened and what to do next.
struct FaultSentenceTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        var name: String
        var reply: FaultReply
        var code: RunServiceError.Code
        /// After `The test server at 127.0.0.1:PORT `.
        var sentence: String
        var underlying: String?
        var testDescription: String { name }
    }

    static let faults = [
        Fault(
            name: "bad request", reply: .answer(400, "text/plain", "no such clause"), code: .unexpectedResponse,
            sentence: "refused the request (400).", underlying: "no such clause"),
        Fault(
            name: "no credentials", reply: .answer(401, "text/plain", "You are not authenticated."),
            code: .unauthorized,
            sentence: "wants credentials; set a user name and password or a token.",
            underlying: "You are not authenticated."),
        Fault(
            name: "forbidden", reply: .answer(403, "text/plain", "Permission denied"), code: .forbidden,
            sentence: "forbids this; ask its administrator for permission.", underlying: "Permission denied"),
        Fault(
            name: "not found", reply: .page(404, "404 Not Found"), code: .notFound,
            sentence: "has nothing at this address; check its path."),
        Fault(
            name: "too large", reply: .answer(413, "text/plain", ""), code: .invalid,
            sentence: "finds the request too large (413)."),
        Fault(
            name: "asked too often", reply: .answer(429, headers: [("Retry-After", "250")], ""), code: .rateLimited,
            sentence: "is asked too often; try again in 4 min."),
        Fault(
            name: "failed", reply: .page(500, "500 Internal Server Error"), code: .unavailable,
            sentence: "failed (500); its own log says why."),
        Fault(
            name: "bad gateway", reply: .page(502, "502 Bad Gateway"), code: .unavailable,
            sentence: "is a gateway that got no good answer (502); try again later."),
        Fault(
            name: "unavailable", reply: .page(503, "503"), code: .unavailable,
            sentence: "is not available now (503); try again later."),
        Fault(
            name: "unavailable for a while", reply: .answer(503, headers: [("Retry-After", "7200")], ""),
            code: .unavailable, sentence: "is not available now (503); try again in 2 h."),
        Fault(
            name: "gateway timeout", reply: .page(504, "504"), code: .timedOut,
            sentence: "gave up on the answer (504); try again later."),
        Fault(
            name: "web page", reply: .page(), code: .unexpectedResponse,
            sentence: "answered with a web page; check the address, or log in there first."),
        Fault(
            name: "login page", reply: .redirect(to: "https://ana:pw@id.example/login?next=%2Fx&token=abc"),
            code: .unauthorized, sentence: "sends us to a login page; set a user name and password or a token.",
            underlying: "https://id.example"),
        Fault(
            name: "login page here", reply: .redirect(303, to: "/oauth2/start?rd=%2F"), code: .unauthorized,
            sentence: "sends us to a login page; set a user name and password or a token.",
            underlying: "/oauth2/start"),
        Fault(
            name: "moved", reply: .redirect(308, to: "https://new.example/mlflow/x?page=1"), code: .unexpectedResponse,
            sentence: "sends us to another address; use that one if you trust it: https://new.example/mlflow"),
        Fault(
            name: "moved here", reply: .redirect(301, to: "/elsewhere"), code: .unexpectedResponse,
            sentence: "redirects to another page; check its path.", underlying: "/elsewhere"),
        Fault(
            name: "torn body", reply: .torn("{\"runs\":["), code: .unavailable,
            sentence: "closed the connection in the middle of its answer; it may be restarting."),
        Fault(
            name: "torn chunks", reply: .chunks(["{\"runs\":["], isWhole: false), code: .unavailable,
            sentence: "closed the connection in the middle of its answer; it may be restarting."),
        Fault(
            name: "garbage", reply: .garbage([0, 1, 2, 255]), code: .unexpectedResponse,
            sentence: "does not speak HTTP there; check the port.", underlying: "invalid constant string"),
        Fault(
            name: "ssh", reply: .garbage(Array("SSH-2.0-OpenSSH_9.2\r\n".utf8)), code: .unexpectedResponse,
            sentence: "does not speak HTTP there; check the port.", underlying: "invalid constant string"),
        Fault(
            name: "closed", reply: .close, code: .unavailable,
            sentence: "closed the connection without an answer; it may be restarting, or want https:// in its address."),
        Fault(
            name: "reset", reply: .reset, code: .unavailable,
            sentence: "closed the connection without an answer; it may be restarting, or want https:// in its address."),
        Fault(
            name: "http on a port for https",
            reply: .answer(400, "text/html", "<html>The plain HTTP request was sent to HTTPS port</html>"),
            code: .unexpectedResponse, sentence: "wants to be spoken to by https; write https:// in its address."),
    ]

    @Test(arguments: faults) func sentence(_ fault: Fault) async throws {
        let server = try FaultServer { _ in fault.reply }
        let error = try #require(await makeTransport(server.address).outcome())
        #expect(error.code == fault.code)
        #expect(error.message == "The test server at 127.0.0.1:\(server.port) \(fault.sentence)")
        #expect(error.underlying == fault.underlying)
    }

    @Test func `a server that is down`() async throws {
        let server = try FaultServer { _ in .json("{}") }
        server.stop()
        let error = try #require(await makeTransport(server.address).outcome())
        #expect(error.code == .unavailable)
        #expect(
            error.message == "The test server at 127.0.0.1:\(server.port) does not take connections; is it running?")
        let byName = try #require(await makeTransport("http://localhost:\(server.port)").outcome())
        #expect(
            byName.message == "The test server at localhost:\(server.port) does not take connections; is it running?")
    }

    @Test func `a host that nobody knows`() async throws {
        let error = try #require(await makeTransport("http://no-such-host.invalid:5000/").outcome())
        #expect(error.code == .unavailable)
        #expect(
            error.message
                == "The host no-such-host.invalid is not known to the name service; check the address and the network.")
    }

    @Test func `credentials that are not accepted`() async throws {
        let server = try FaultServer { _ in .answer(401, "text/plain", "no") }
        var advice = HTTPAdvice()
        advice.credentialsInUse = "~/.netrc"
        let credentials = HTTPCredentials.basic(user: "ana", password: "secret")
        let known = try makeTransport(server.address, credentials: credentials, advice: advice)
        #expect(
            await known.outcome()?.message
                == "The test server at 127.0.0.1:\(server.port) does not accept the credentials from ~/.netrc; "
                + "they may be wrong or have expired.")
        let login = try FaultServer { _ in .redirect(to: "/login") }
        #expect(
            try await makeTransport(login.address, credentials: credentials, advice: advice).outcome()?.message
                == "The test server at 127.0.0.1:\(login.port) sends us to a login page; "
                + "the credentials from ~/.netrc may have expired.")
    }

    @Test func `an answer that is too long`() async throws {
        let server = try FaultServer { _ in .json(String(repeating: "x", count: 2_000)) }
        var call = HTTPCall.patient()
        call.bodyLimit = 1_000
        let transport = try makeTransport(server.address)
        let error = try #require(await transport.outcome(of: call))
        #expect(error.code == .unexpectedResponse)
        #expect(error.message.hasSuffix("answered with more than can be held in memory."))
        // Chunks have no length to look at beforehand.
        let endless = try FaultServer { _ in .chunks(Array(repeating: String(repeating: "x", count: 100), count: 50)) }
        #expect(
            try await makeTransport(endless.address).outcome(of: call)?.message.hasSuffix("held in memory.") == true)
        call.bodyLimit = 2_000
        #expect(await transport.outcome(of: call) == nil)
    }

    @Test func `whole answers come through`() async throws {
        let server = try FaultServer { request in
            request.target == "/chunks"
                ? .chunks(["{\"a\"", ":1}"]) : .answer(200, "application/json; charset=utf-8", "{}")
        }
        let transport = try makeTransport(server.address)
        let plain = try await transport.send(.patient())
        #expect((plain.status, plain.contentType, plain.body) == (200, "application/json", Array("{}".utf8)))
        #expect(try await transport.send(.patient(.get, "/chunks")).body == Array("{\"a\":1}".utf8))
    }
}
