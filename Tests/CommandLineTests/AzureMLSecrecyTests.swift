import Foundation
import RunServices
import TestSupport
import Testing

/// What Azure's tokens leave behind: nothing.
@Suite struct AzureMLSecrecyTests {
    private static let token = "eyJhbGciOiJSUzI1NiJ9.eyJ0aWQiOiJ0In0.c2VjcmV0LXNpZ25hdHVyZQ"

    /// A resource manager that answers each request by repeating all that it was sent.
    private static func parrot() throws -> FaultServer {
        try FaultServer(tls: TestCertificates.make().server()) { request in
            let words = request.headers.map { "\($0.name): \($0.value)" }.joined(separator: " ") + request.text
            let body = ["error": ["code": "X", "message": "you said \(words)"]]
            let bytes = (try? JSONSerialization.data(withJSONObject: body)).map(Array.init) ?? []
            return .answer(401, "application/json", bytes: bytes)
        }
    }

    /// Everything that a call printed and noted, with Azure's part played on this machine.
    private func traces(of variables: [String: String], program: String) async throws -> (all: String, error: String) {
        let binary = try Binary()
        let server = try Self.parrot()
        let folder = binary.place.path
        try FileManager.default.createDirectory(atPath: folder + "/bin", withIntermediateDirectories: true)
        try "#!/bin/sh\n\(program)\n".write(toFile: folder + "/bin/az", atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/bin/az")
        let log = folder + "/log"
        let environment = [
            "PATH": "\(folder)/bin:/usr/bin:/bin", "HOME": folder, "XDG_CACHE_HOME": folder + "/cache",
            "REQUESTS_CA_BUNDLE": try TestCertificates.make().authority, "RUNWATCH_LOG": log,
            "RUNWATCH_AZURE_RESOURCE_MANAGER": "https://localhost:\(server.port)",
            // Whatever this machine is, its own identity is not asked for.
            "AZURE_POD_IDENTITY_AUTHORITY_HOST": "https://localhost:\(server.port)",
        ].merging(variables) { $1 }
        let answer = try await binary.call(
            "list", "--service", "azureml://subscriptions/s/resourceGroups/g/workspaces/w", environment: environment)
        #expect(answer.status != 0)
        let noted = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        return ([answer.output, answer.errors, noted].joined(separator: "\n"), answer.errors)
    }

    @Test func `a token of az is neither printed nor noted, though the server repeats it`() async throws {
        // The identity of the machine is there first, and is refused: `az` speaks for itself.
        let traces = try await traces(
            of: ["AZURE_POD_IDENTITY_AUTHORITY_HOST": ""],
            program: "echo '{\"accessToken\":\"\(Self.token)\",\"tenant\":\"contoso.example\"}'")
        #expect(!traces.all.contains("c2VjcmV0"))
        #expect(!traces.all.contains("eyJ0aWQ"))
        #expect(traces.error.contains("run `az login --tenant contoso.example`"))
    }

    @Test func `a secret of a service principal is neither printed nor noted`() async throws {
        let port = try Self.parrot()
        let traces = try await traces(
            of: [
                "AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c", "AZURE_CLIENT_SECRET": "hush-hush-secret",
                "AZURE_AUTHORITY_HOST": "https://localhost:\(port.port)",
            ], program: "exit 1")
        #expect(!traces.all.contains("hush"))
        #expect(traces.error.contains("AZURE_CLIENT_SECRET"))
    }

    @Test func `a run's token is neither printed nor noted`() async throws {
        let server = try Self.parrot()
        let traces = try await traces(
            of: [
                "AZUREML_ARM_SUBSCRIPTION": "s", "AZUREML_ARM_RESOURCEGROUP": "g", "AZUREML_ARM_WORKSPACE_NAME": "w",
                "AZUREML_ARM_PROJECT_NAME": "e", "AZUREML_RUN_ID": "i",
                "AZUREML_SERVICE_ENDPOINT": "https://localhost:\(server.port)", "AZUREML_RUN_TOKEN": Self.token,
            ], program: "exit 1")
        #expect(!traces.all.contains("c2VjcmV0"))
        #expect(traces.error.contains("AZUREML_RUN_TOKEN"))
    }
}
