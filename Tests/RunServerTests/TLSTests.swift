import HTTPTransport
import MLflowService
import RunModel
import RunServer
import RunServices
import TestSupport
import Testing

/// The server by https.
struct TLSTests {
    private func served() async throws -> (ServedStore, TestCertificates) {
        let certificates = try TestCertificates.make()
        let files = certificates.serverFiles
        let server = try await ServedStore { $0.tls = try ServerCertificate(chain: files.chain, key: files.key) }
        return (server, certificates)
    }

    @Test func `Clients that know the authority are served, others refuse`() async throws {
        let (server, certificates) = try await served()
        #expect(server.address.hasPrefix("https://"))
        let trusting = try RunwatchServer(
            MLflowConnection(
                uri: server.address, environment: ["MLFLOW_TRACKING_SERVER_CERT_PATH": certificates.authority]))
        #expect(await trusting.isThere())
        #expect(try await trusting.experiments().map(\.name) == ["Default"])
        let wary = try RunwatchServer(MLflowConnection(uri: server.address, environment: [:]))
        await #expect(throws: RunServiceError.self) { try await wary.experiments() }
    }

    @Test func `A key of another certificate is refused before anything listens`() throws {
        let certificates = try TestCertificates.make()
        let files = certificates.serverFiles
        #expect(throws: RunServiceError.self) {
            try ServerCertificate(chain: files.chain, key: certificates.client)
        }
        #expect(throws: RunServiceError.self) { try ServerCertificate(chain: files.key, key: files.key) }
    }
}
