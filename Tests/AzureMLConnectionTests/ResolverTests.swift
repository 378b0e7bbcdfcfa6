import Foundation
import HTTPTransport
import RunModel
import RunServices
import TestSupport
import Testing

@testable import AzureMLService

/// From the names of a workspace to the addresses of its services.
@Suite struct ResolverTests {
    let place = Result { try TemporaryDirectory() }
    let clock = TestClock()
    static let token = FixedToken(
        AccessToken("top-secret-token", expiresAt: nil), name: "the test", remedy: "run `az login`")

    private func resolver(
        _ manager: FaultServer, host: HTTPAddress? = nil, isKept: Bool = true
    ) throws -> WorkspaceResolver {
        let clock = clock
        return WorkspaceResolver(
            .sample(host: host),
            cloud: AzureCloud(name: "test", resourceManager: try HTTPAddress(manager.address)), tokens: Self.token,
            network: AzureMLNetwork(environment: [:]),
            cache: isKept ? EndpointCache(directory: try place.get().path + "/cache") : nil, clock: { clock.now })
    }

    /// A resource manager that also answers for discovery, and names services on `service`.
    static func azure(services: String = "https://eastus.api.example") throws -> FaultServer {
        try FaultServer { request in
            let own = "http://\(request["Host"] ?? "")"
            if request.path == "/discovery/x" {
                return .json(#"{"history":"\#(services)","api":"\#(services)","studio":"http://plain.example","n":7}"#)
            }
            return .json(
                #"{"id":"x","properties":{"discoveryUrl":"\#(own)/discovery/x?a=b","workspaceId":"w-1","tenantId":"t-1"}}"#
            )
        }
    }

    @Test func `the resource manager and discovery say where everything is`() async throws {
        let azure = try Self.azure()
        let found = try await resolver(azure, isKept: false).endpoints(rejecting: nil)
        #expect(found.services["history"]?.text == "https://eastus.api.example")
        // Where a token could be read on the way.
        #expect(found.services["studio"] == nil)
        #expect((found.workspaceID, found.tenant) == ("w-1", "t-1"))
        let requests = azure.requests
        #expect(
            requests.map(\.target) == ["\(WorkspaceAddress.sample().scope)?api-version=2022-05-01", "/discovery/x?a=b"])
        #expect(requests.map { $0["Authorization"] } == ["Bearer top-secret-token", nil])
    }

    @Test func `what was found is kept for the next session, in a private file without secrets`() async throws {
        let azure = try Self.azure()
        let first = try await resolver(azure).endpoints(rejecting: nil)
        let next = try resolver(azure)
        #expect(try await next.endpoints(rejecting: nil) == first)
        #expect(azure.requests.count == 2)
        let file = try place.get().path + "/cache/" + EndpointCache.fileName
        #expect(try !String(contentsOfFile: file, encoding: .utf8).contains("secret"))
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        // Kept ones that fail are looked for again, newly found ones not at once.
        #expect(try await next.endpoints(rejecting: first) == first)
        #expect(azure.requests.count == 4)
        #expect(try await next.endpoints(rejecting: first) == first)
        #expect(azure.requests.count == 4)
        clock.advance(by: 40_000)
        _ = try await next.endpoints(rejecting: first)
        #expect(azure.requests.count == 6)
    }

    @Test(arguments: [
        "", "[]", "{\"x\":1}", #"{"KEY":{"services":{"history":"http://evil.example"},"foundAt":1750000000000}}"#,
    ])
    func `a file of nonsense counts for nothing, and is replaced`(_ text: String) async throws {
        let azure = try Self.azure()
        let folder = try place.get().path + "/cache"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let key = azure.address + WorkspaceAddress.sample().scope.lowercased()
        let file = folder + "/" + EndpointCache.fileName
        try text.replacing("KEY", with: key).write(toFile: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        let found = try await resolver(azure).endpoints(rejecting: nil)
        #expect(found.services["history"]?.text == "https://eastus.api.example")
        _ = try await resolver(azure).endpoints(rejecting: nil)
        #expect(azure.requests.count == 2)
    }

    @Test func `a file that others can write is not believed`() async throws {
        let azure = try Self.azure()
        _ = try await resolver(azure).endpoints(rejecting: nil)
        let file = try place.get().path + "/cache/" + EndpointCache.fileName
        try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: file)
        _ = try await resolver(azure).endpoints(rejecting: nil)
        #expect(azure.requests.count == 4)
    }

    @Test func `a call heals kept addresses that lead nowhere`() async throws {
        let services = try FaultServer { _ in .json("{}") }
        let gone = try FaultServer { _ in .json("{}") }
        let old = try Self.azure(services: gone.address)
        _ = try await resolver(old).endpoints(rejecting: nil)
        let port = old.port
        gone.stop()
        old.stop()
        // The workspace has moved.
        let azure = try FaultServer(port: port) { request in
            request.path == "/discovery/x"
                ? .json(#"{"history":"\#(services.address)"}"#)
                : .json(#"{"properties":{"discoveryUrl":"http://127.0.0.1:\#(port)/discovery/x"}}"#)
        }
        let connection = AzureMLConnection(
            .sample(), endpoints: try resolver(azure), tokens: Self.token, network: AzureMLNetwork(environment: [:]))
        #expect(try await connection.send(AzureMLCall(.history, .get, "/x")).status == 200)
        #expect(services.requests.count == 1)
    }

    @Test func `a host in the address is asked for the workspace itself`() async throws {
        let host = try Self.azure()
        let found = try await resolver(host, host: HTTPAddress(host.address), isKept: false).endpoints(rejecting: nil)
        #expect(found.services["history"]?.text == "https://eastus.api.example")
        #expect(host.requests.first?.target == "/rp/workspaces" + WorkspaceAddress.sample().scope)
    }

    @Test func `a host that does not know the question is all that there is`() async throws {
        let host = try FaultServer { _ in .answer(404, "text/plain", "no such page") }
        let found = try await resolver(host, host: HTTPAddress(host.address), isKept: false).endpoints(rejecting: nil)
        #expect(found.services["history"]?.text == host.address)
    }

    static let envelope = #"{"error":{"code":"X","message":"WORDS"}}"#

    @Test(
        arguments: [
            (
                FaultReply.answer(404, headers: [], envelope), RunServiceError.Code.notFound,
                "There is no workspace `ws` in the resource group `rg`"
            ),
            (FaultReply.answer(403, headers: [], envelope), .forbidden, "AzureML Data Scientist"),
            (FaultReply.answer(401, headers: [], envelope), .unauthorized, "run `az login`"),
            (
                FaultReply.answer(
                    401,
                    "application/json",
                    envelope.replacing(
                        "WORDS",
                        with: "The access token is from the wrong issuer 'https://sts.windows.net/"
                            + "00000000-0000-0000-0000-000000000001/'. It must match the tenant 'https://sts.windows.net/"
                            + "00000000-0000-0000-0000-00000000000b/' associated with this subscription.")),
                .unauthorized,
                "run `az login --tenant 00000000-0000-0000-0000-00000000000b`"
            ),
            (FaultReply.answer(429, headers: [("Retry-After", "7")], "{}"), .rateLimited, "try again in 7 s"),
            (FaultReply.answer(500, "application/json", "{}"), .unavailable, "failed (500)"),
            (FaultReply.page(), .unexpectedResponse, "web page"),
            (FaultReply.json("[1,"), .unexpectedResponse, "something else"),
            (FaultReply.json(#"{"properties":{}}"#), .unexpectedResponse, "may be just being made"),
            (
                FaultReply.json(#"{"properties":{"discoveryUrl":"http://evil.example/d"}}"#), .unexpectedResponse,
                "does not say"
            ),
            (FaultReply.torn(#"{"properties":{"#), .unavailable, "in the middle"),
            (FaultReply.garbage([0xff, 0x00]), .unexpectedResponse, "does not speak HTTP"),
            (FaultReply.redirect(to: "https://login.example/oauth2"), .unauthorized, "login page"),
            (FaultReply.close, .unavailable, "closed the connection"),
        ] as [(FaultReply, RunServiceError.Code, String)])
    func `a resource manager's faults become sentences`(
        _ reply: FaultReply, _ code: RunServiceError.Code, _ words: String
    ) async throws {
        let azure = try FaultServer { _ in reply }
        let resolver = try resolver(azure, isKept: false)
        let error = try #require(
            await refusal { () throws(RunServiceError) in try await resolver.endpoints(rejecting: nil) })
        #expect(error.code == code, "\(error)")
        #expect(error.message.contains(words), "\(error)")
        #expect(!"\(error)".contains("top-secret"))
    }

    @Test(arguments: [
        (FaultReply.json("{}"), RunServiceError.Code.unexpectedResponse), (FaultReply.page(), .unexpectedResponse),
        (FaultReply.answer(503, "application/json", "{}"), .unavailable), (FaultReply.torn("{"), .unavailable),
    ])
    func `discovery's faults become sentences`(_ reply: FaultReply, _ code: RunServiceError.Code) async throws {
        let azure = try FaultServer { request in
            request.path == "/d"
                ? reply : .json(#"{"properties":{"discoveryUrl":"http://\#(request["Host"] ?? "")/d"}}"#)
        }
        let resolver = try resolver(azure, isKept: false)
        let error = await refusal { () throws(RunServiceError) in try await resolver.endpoints(rejecting: nil) }
        #expect(error?.code == code, "\(String(describing: error))")
    }

    @Test func `discovery that names hosts which nobody reaches says which one`() async throws {
        let gone = try FaultServer { _ in .close }
        gone.stop()
        let azure = try Self.azure(services: gone.address)
        let connection = AzureMLConnection(
            .sample(), endpoints: try resolver(azure, isKept: false), tokens: Self.token,
            network: AzureMLNetwork(environment: [:]))
        let error = await refusal { () throws(RunServiceError) in
            try await connection.send(AzureMLCall(.history, .get, "/x"))
        }
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains("127.0.0.1:\(gone.port)") == true)
    }
}
