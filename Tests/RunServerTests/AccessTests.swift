import Foundation
import RunServer
import TestSupport
import Testing

/// Who is let in, and what pages from elsewhere can do.
struct AccessTests {
    private static let (write, read) = ("write-token-0123456789", "read-token-0123456789")

    private static func guarded() async throws -> ServedStore {
        try await ServedStore { $0.tokens = AccessTokens(write: write, read: read) }
    }

    private static func basic(_ password: String) -> String {
        "Basic " + Data("anyone:\(password)".utf8).base64EncodedString()
    }

    @Test func `Without a token nothing is answered but that the server lives`() async throws {
        let server = try await Self.guarded()
        let refused = try await server.ask("GET", "/api/2.0/mlflow/experiments/get?experiment_id=0")
        #expect(refused.status == 401 && refused.fault.code == "UNAUTHENTICATED")
        #expect(refused.header("www-authenticate") == "Basic realm=\"runwatch\"")
        #expect(try await server.ask("GET", "/").status == 401)
        #expect(try await server.ask("GET", "/health").text == "OK")
        #expect(try await server.ask("GET", "/version").status == 200)
    }

    @Test(arguments: [
        "Bearer \(write)", basic(write),
        "bearer h.p.\(Data(write.utf8).base64EncodedString().replacing("=", with: ""))",
    ])
    func `The token that writes is taken in every form in which clients send one`(_ header: String) async throws {
        let server = try await Self.guarded()
        let answer = try await server.ask(
            "POST", "/api/2.0/mlflow/experiments/create", #"{"name":"a"}"#, headers: [("Authorization", header)])
        #expect(answer.status == 200)
    }

    @Test(arguments: [
        "Bearer write-token-012345678", "Bearer write-token-01234567890", "Bearer ", "Bearer", "Basic !!",
        "Digest \(write)",
        "Bearer a.b.c", basic("wrong"), basic(""),
    ])
    func `Anything else is no token`(_ header: String) async throws {
        let server = try await Self.guarded()
        let answer = try await server.ask("GET", "/", headers: [("Authorization", header)])
        #expect(answer.status == 401)
    }

    @Test func `The token that reads cannot write`() async throws {
        let server = try await Self.guarded()
        let headers = [("Authorization", "Bearer \(Self.read)")]
        let experiment = "/api/2.0/mlflow/experiments/"
        #expect(try await server.ask("GET", experiment + "get?experiment_id=0", headers: headers).status == 200)
        let search = #"{"max_results":5}"#
        #expect(try await server.ask("POST", experiment + "search", search, headers: headers).status == 200)
        for (method, path) in [
            ("POST", experiment + "create"), ("POST", "/api/2.0/mlflow/runs/create"),
            ("PUT", "/api/2.0/mlflow-artifacts/artifacts/0/x/artifacts/a"),
            ("DELETE", "/api/2.0/mlflow-artifacts/artifacts/0/x/artifacts/a"),
        ] {
            let refused = try await server.ask(method, path, #"{"name":"search"}"#, headers: headers)
            #expect(refused.status == 403 && refused.fault.code == "PERMISSION_DENIED", "\(method) \(path)")
        }
    }

    @Test(arguments: [
        "evil.example", "evil.example:5000", "127.0.0.1.evil.example", "10.0.0.1", "[::2]", "localhost:1:2",
    ])
    func `A name that leads here from elsewhere is refused`(_ host: String) async throws {
        let server = try await ServedStore()
        let refused = try await server.ask(
            "GET", "/api/2.0/mlflow/experiments/get?experiment_id=0", headers: [("Host", host)])
        #expect(refused.status == 403)
        #expect(refused.fault.message.contains("Invalid Host header - possible DNS rebinding attack detected"))
        #expect(try await server.ask("GET", "/health", headers: [("Host", host)]).status == 200)
    }

    @Test(arguments: ["localhost", "LOCALHOST:9", "127.0.0.1:1", "127.8.8.8", "[::1]:5000"])
    func `This machine's own names are taken`(_ host: String) async throws {
        let server = try await ServedStore()
        #expect(try await server.ask("GET", "/", headers: [("Host", host)]).status == 200)
    }

    @Test func `A page of another origin changes nothing`() async throws {
        let server = try await ServedStore()
        for origin in ["http://evil.example", "null", "http://127.0.0.1:1", "http://localhost:\(server.port)"] {
            let refused = try await server.ask(
                "POST", "/api/2.0/mlflow/experiments/create", #"{"name":"a"}"#, headers: [("Origin", origin)])
            #expect(refused.status == 403 && refused.fault.message == "Cross-origin request blocked.")
        }
        let own = try await server.ask(
            "POST", "/api/2.0/mlflow/experiments/create", #"{"name":"a"}"#, headers: [("Origin", server.address)])
        #expect(own.status == 200)
    }

    @Test func `A server that others reach takes any name, for they need a token`() {
        let open = HostRule(bound: "0.0.0.0", hasTokens: true)
        #expect(open.allows(authority: "runs.example.org"))
        #expect(!HostRule(bound: "0.0.0.0", hasTokens: false).allows(authority: "runs.example.org"))
        #expect(HostRule(bound: "Box.local", hasTokens: false).allows(authority: "box.local:5000"))
        #expect(
            HostRule.isLoopback("127.1.2.3") && !HostRule.isLoopback("127.1.2.3.4") && !HostRule.isLoopback("128.0.0.1")
        )
    }
}
