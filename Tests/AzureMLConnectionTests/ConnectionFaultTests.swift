import HTTPTransport
import RunModel
import RunServices
import TestSupport
import Testing

@testable import AzureMLService

/// What goes wrong between here and a workspace's services, as a person is told it.
@Suite struct ConnectionFaultTests {
    let clock = TestClock()

    private func connection(
        to address: String, tokens: (any TokenSource)? = nil, environment: [String: String] = [:]
    ) throws -> AzureMLConnection {
        let endpoints = WorkspaceEndpoints(services: ["history": try HTTPAddress(address)])
        return AzureMLConnection(
            .sample(), endpoints: KnownEndpoints(endpoints), tokens: tokens ?? ResolverTests.token,
            network: AzureMLNetwork(environment: environment))
    }

    private func error(_ connection: AzureMLConnection) async -> RunServiceError? {
        await refusal { () throws(RunServiceError) in try await connection.send(AzureMLCall(.history, .get, "/runs/x"))
        }
    }

    private func tokens(_ texts: String...) -> AzureTokens {
        let end = clock.now.advanced(byMilliseconds: 3_600_000)
        let clock = clock
        return AzureTokens(
            [ScriptedOrigin("az", texts.map { .success(AccessToken($0, expiresAt: end)) })], clock: { clock.now })
    }

    @Test func `a refused token is replaced once, and the call made again`() async throws {
        let server = try FaultServer { request in
            request["Authorization"] == "Bearer second" ? .json("{}") : .answer(401, "application/json", "{}")
        }
        let connection = try connection(to: server.address, tokens: tokens("first", "second"))
        #expect(await error(connection) == nil)
        #expect(server.requests.map { $0["Authorization"] } == ["Bearer first", "Bearer second"])
        #expect(await error(connection) == nil)
        #expect(server.requests.count == 3)
    }

    @Test func `a login that stays refused ends in the command that helps`() async throws {
        let server = try FaultServer { _ in .answer(401, "application/json", "{}") }
        let error = await error(try connection(to: server.address, tokens: tokens("first", "second")))
        #expect(error?.code == .unauthorized)
        #expect(error?.message.contains("does not accept the token from az") == true)
        #expect(error?.message.contains("ask again") == true)
        #expect(server.requests.count == 2)
    }

    @Test func `a role that is missing is named`() async throws {
        let server = try FaultServer { _ in .answer(403, "application/json", #"{"error":{"code":"x","message":"no"}}"#)
        }
        let error = await error(try connection(to: server.address))
        #expect(error?.code == .forbidden)
        #expect(error?.message.contains("AzureML Data Scientist") == true)
    }

    @Test func `a workspace that wants to be left alone is, whatever is asked`() async throws {
        let server = try FaultServer { _ in .answer(429, "application/json", headers: [("Retry-After", "60")], "{}") }
        let connection = try connection(to: server.address)
        for _ in 0..<3 {
            let error = await error(connection)
            #expect(error?.code == .rateLimited)
            #expect(error?.message.contains("try again in") == true)
        }
        #expect(server.requests.count == 1)
    }

    @Test(arguments: [
        (FaultReply.page(), RunServiceError.Code.unexpectedResponse),
        (FaultReply.answer(500, "application/json", "{}"), .unavailable),
        (FaultReply.answer(502, "text/html", "<html>bad gateway</html>"), .unavailable),
        (FaultReply.torn("{"), .unavailable), (FaultReply.close, .unavailable), (FaultReply.reset, .unavailable),
        (FaultReply.answer(404, "text/plain", "nothing"), .unexpectedResponse),
    ])
    func `other faults become sentences without the token`(_ reply: FaultReply, _ code: RunServiceError.Code)
        async throws
    {
        let server = try FaultServer { _ in reply }
        let connection = try connection(to: server.address)
        let error = await refusal { () throws(RunServiceError) in
            let answer = try await connection.send(AzureMLCall(.history, .get, "/runs/x"))
            // A page with status 200 is for the reader of the call to refuse.
            if answer.isWebPage { throw RunServiceError(.unexpectedResponse, "a page") }
        }
        #expect(error?.code == code, "\(String(describing: error))")
        #expect(!"\(String(describing: error))".contains("top-secret"))
    }

    @Test func `a certificate that is not trusted, a proxy's wish and an unknown host are told apart`() async throws {
        let secure = try FaultServer(tls: TestCertificates.make().server()) { _ in .json("{}") }
        let address = "https://localhost:\(secure.port)"
        let untrusted = await error(try connection(to: address))
        #expect(untrusted?.message.contains("not trusted here") == true)
        #expect(untrusted?.message.contains("REQUESTS_CA_BUNDLE") == true)
        let authority = ["REQUESTS_CA_BUNDLE": try TestCertificates.make().authority]
        #expect(await error(try connection(to: address, environment: authority)) == nil)

        let proxy = try FaultServer { _ in .answer(407, "text/plain", "") }
        let through = await error(
            try connection(to: "https://eastus.api.example", environment: ["https_proxy": proxy.address]))
        #expect(through?.message.contains("proxy 127.0.0.1:\(proxy.port)") == true)
        #expect(proxy.requests.first?.method == "CONNECT")
        // Only what is inside the tunnel carries the token.
        #expect(proxy.requests.first?["Authorization"] == nil)

        let unknown = await error(try connection(to: "https://nowhere.invalid"))
        #expect([.unavailable, .timedOut].contains(unknown?.code))
    }
}
