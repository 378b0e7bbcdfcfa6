import Foundation
import LocalStore
import RunServer
import RunServices
import TestSupport
import Testing

/// A server that wants a token and speaks https with a certificate of its own.
struct GuardedServerTests {
    @Test func `The helper brings the token, and scripts that are started do too`() async throws {
        let certificates = try TestCertificates.make()
        let files = certificates.serverFiles
        let server = try await ServedStore {
            $0.tokens = AccessTokens(write: "a-secret-of-the-test")
            $0.tls = try ServerCertificate(chain: files.chain, key: files.key)
        }
        let client = try AzureClient()
        let found = try await client.run(
            "azureml_token.py", on: server,
            environment: ["RUNWATCH_TOKEN": "a-secret-of-the-test", "REQUESTS_CA_BUNDLE": certificates.authority])
        #expect(found["status"] as? String == "Completed" && found["submitted"] as? String == "Completed")
        #expect((found["files"] as? [String])?.contains("kept.txt") == true)
        #expect((found["inside"] as? [String: Double]) == ["inside": 1])
        #expect((found["refused"] as? String)?.isEmpty == false)
        // What the launcher is made of is readable for everyone on the machine.
        #expect(!(try client.files().contains { $0.contains("a-secret-of-the-test") }))
    }
}
