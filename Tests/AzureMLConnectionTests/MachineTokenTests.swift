import HTTPTransport
import RunModel
import RunServices
import TestSupport
import Testing

@testable import AzureMLService

/// The identity of a machine, and the token of a submitted run.
@Suite struct MachineTokenTests {
    let clock = TestClock()
    static let granted = FaultReply.json(#"{"access_token":"machine-token","expires_in":"3600","expires_on":"1"}"#)
    static let resource = "https://management.example"

    private func identity(_ variables: [String: String]) throws -> ManagedIdentity {
        let clock = clock
        let identity = ManagedIdentity(AzureEnvironment(variables), resource: Self.resource) { clock.now }
        return try #require(identity)
    }

    @Test(arguments: ["application", "compute", "shell", "machine"])
    func `each service is asked in its own way, and never by a proxy`(_ kind: String) async throws {
        let server = try FaultServer { _ in Self.granted }
        let proxy = try FaultServer { _ in .close }
        var variables = ["http_proxy": proxy.address, "AZURE_CLIENT_ID": "id"]
        switch kind {
        case "application":
            variables["IDENTITY_ENDPOINT"] = server.address + "/msi/token/"
            variables["IDENTITY_HEADER"] = "hush"
        case "compute":
            variables["MSI_ENDPOINT"] = server.address + "/MSI/auth"
            variables["MSI_SECRET"] = "hush"
        case "shell": variables["MSI_ENDPOINT"] = server.address + "/oauth2/token"
        default: variables["AZURE_POD_IDENTITY_AUTHORITY_HOST"] = server.address
        }
        let token = try await identity(variables).fetch()
        #expect(token == AccessToken("machine-token", expiresAt: clock.now.advanced(byMilliseconds: 3_600_000)))
        let request = try #require(server.requests.first)
        let query = "resource=https%3A%2F%2Fmanagement.example"
        switch kind {
        case "application":
            #expect(request.target == "/msi/token?api-version=2019-08-01&\(query)&client_id=id")
            #expect(request["X-IDENTITY-HEADER"] == "hush")
        case "compute":
            #expect(request.target == "/MSI/auth?api-version=2017-09-01&\(query)&clientid=id")
            #expect(request["secret"] == "hush")
        case "shell":
            #expect((request.method, request.target, request.text) == ("POST", "/oauth2/token", query))
            #expect(request["Metadata"] == "true")
        default:
            #expect(request.target == "/metadata/identity/oauth2/token?api-version=2018-02-01&\(query)&client_id=id")
            #expect(request["Metadata"] == "true")
        }
        #expect(proxy.connections == 0)
    }

    @Test(arguments: [
        (
            FaultReply.answer(
                400, "application/json", #"{"error":"invalid_request","error_description":"Identity not found"}"#),
            RunServiceError.Code.unauthorized
        ),
        (FaultReply.answer(429, "application/json", "{}"), .rateLimited),
        (FaultReply.answer(500, "application/json", "{}"), .unavailable),
        (FaultReply.page(), .unexpectedResponse), (FaultReply.json("{}"), .unexpectedResponse),
        (FaultReply.close, .unavailable),
    ])
    func `its faults become sentences`(_ reply: FaultReply, _ code: RunServiceError.Code) async throws {
        let server = try FaultServer { _ in reply }
        let identity = try identity(["IDENTITY_ENDPOINT": server.address, "IDENTITY_HEADER": "hush"])
        let error = try #require(await refusal { () throws(RunServiceError) in try await identity.fetch() })
        #expect(error.code == code, "\(error)")
        #expect(!"\(error)".contains("hush"))
    }

    @Test func `only machines of Azure's are taken for such`() {
        #expect(AzureMachine.isMarked(Array("7783-7084-3265-9085-8269-3286-77\n".utf8)))
        #expect(!AzureMachine.isMarked(Array("No Asset Tag".utf8)))
        #expect(!AzureMachine.isMarked([]))
    }

    private func run(_ server: FaultServer, _ token: String) throws -> SubmittedRun {
        try #require(
            try SubmittedRun(
                AzureEnvironment([
                    "AZUREML_ARM_SUBSCRIPTION": sampleSubscription, "AZUREML_ARM_RESOURCEGROUP": "rg",
                    "AZUREML_ARM_WORKSPACE_NAME": "ws", "AZUREML_ARM_PROJECT_NAME": "my exp", "AZUREML_RUN_ID": "run_1",
                    "AZUREML_SERVICE_ENDPOINT": server.address, "AZUREML_RUN_TOKEN": token,
                ])))
    }

    private func tokens(_ run: SubmittedRun) -> any TokenSource {
        let clock = clock
        return AzureTokens.source(
            for: run.address, in: AzureCloud(name: "x", resourceManager: run.address.host!), submitted: run,
            network: AzureMLNetwork(environment: [:]), clock: { clock.now })
    }

    @Test func `a run's token is renewed by itself`() async throws {
        let first = makeJWT(end: clock.now.advanced(byMilliseconds: 3_600_000))
        let server = try FaultServer { _ in .json(#"{"token":"second","expiryTimeUtc":"2030-01-01T00:00:00+00:00"}"#) }
        let tokens = tokens(try run(server, first))
        #expect(try await tokens.token(rejecting: nil).text == first)
        clock.advance(by: 55 * 60_000)
        #expect(try await eventually { try await tokens.token(rejecting: nil).text == "second" })
        let request = try #require(server.requests.first)
        #expect(
            request.target == "/history/v1.0\(WorkspaceAddress.sample().scope)/experiments/my%20exp/runs/run_1/token")
        #expect(request["Authorization"] == "Bearer " + first)
    }

    @Test func `one that is not renewed is told before it ends`() async throws {
        let first = makeJWT(end: clock.now.advanced(byMilliseconds: 3_600_000))
        let server = try FaultServer { _ in .answer(404, "application/json", "{}") }
        let tokens = tokens(try run(server, first))
        _ = try await tokens.token(rejecting: nil)
        clock.advance(by: 55 * 60_000)
        _ = try await tokens.token(rejecting: nil)
        #expect(try await eventually { tokens.expiry != nil })
        #expect(tokens.expiry?.remedy.contains("AZUREML_RUN_TOKEN") == true)
    }

    @Test func `a server on this machine without TLS gets none of Azure's tokens`() async throws {
        let program = try FakeProgram("az", "touch \"$HOME/called\"; echo '{\"accessToken\":\"precious\"}'")
        var variables = program.environment([
            "AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c", "AZURE_CLIENT_SECRET": "s",
        ]).all
        let host = try HTTPAddress("http://127.0.0.1:5000")
        func token() async throws -> String {
            let clock = clock
            let source = AzureTokens.source(
                for: .sample(host: host), in: AzureCloud(name: "x", resourceManager: try HTTPAddress("https://x")),
                submitted: nil, network: AzureMLNetwork(environment: variables), clock: { clock.now })
            return try await source.token(rejecting: nil).text
        }
        #expect(try await token() == "local")
        variables["RUNWATCH_TOKEN"] = "ours"
        #expect(try await token() == "ours")
        #expect(throws: (any Error).self) { try program.text("called") }
    }

    @Test func `the ways to a token are tried in the order of Azure's own clients`() throws {
        let clock = clock
        func names(_ variables: [String: String]) throws -> [String] {
            AzureTokens.origins(
                for: .sample(), in: AzureCloud(name: "x", resourceManager: try HTTPAddress("https://x")),
                AzureEnvironment(variables), AzureMLNetwork(environment: variables), { clock.now }
            ).map(\.name)
        }
        let machine = ["AZURE_POD_IDENTITY_AUTHORITY_HOST": "http://127.0.0.1:1"]
        let principal = ["AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c"]
        #expect(try names(machine) == ["the managed identity", "az"])
        for (variable, name) in [
            ("AZURE_FEDERATED_TOKEN_FILE", "the workload identity in AZURE_FEDERATED_TOKEN_FILE"),
            ("AZURE_CLIENT_CERTIFICATE_PATH", "the service principal with AZURE_CLIENT_CERTIFICATE_PATH"),
            ("AZURE_CLIENT_SECRET", "the service principal in AZURE_CLIENT_ID"),
        ] {
            let variables = machine.merging(principal) { $1 }.merging([variable: "x"]) { $1 }
            #expect(try names(variables) == [name, "the managed identity", "az"])
        }
    }
}
