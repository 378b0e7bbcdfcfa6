import HTTPTransport
import NIOSSL
import RunServices
import TestSupport
import Testing

/// Certificates on both sides, and the two schemes mistaken for each other.
struct SecurityTests {
    @Test func `a trusted server`() async throws {
        let certificates = try TestCertificates.make()
        let server = try FaultServer(tls: certificates.server()) { _ in .json("{}") }
        for authorities in [certificates.authority, certificates.authorities] {
            let tls = TLSOptions(authorities: authorities)
            #expect(try await makeTransport(server.secureAddress, tls: tls).outcome() == nil)
            #expect(try await makeTransport("https://127.0.0.1:\(server.port)", tls: tls).outcome() == nil)
        }
        #expect(try await makeTransport(server.secureAddress, tls: TLSOptions(isInsecure: true)).outcome() == nil)
    }

    @Test func `an unknown authority`() async throws {
        let certificates = try TestCertificates.make()
        let server = try FaultServer(tls: certificates.server()) { _ in .json("{}") }
        for authorities in [nil, certificates.otherAuthority] {
            let error = try #require(
                await makeTransport(server.secureAddress, tls: TLSOptions(authorities: authorities)).outcome())
            #expect(error.code == .unavailable)
            #expect(
                error.message
                    == "The certificate of The test server at localhost:\(server.port) is from an authority that is not "
                    + "trusted here, or has expired; name its CA bundle.")
            #expect(error.underlying == nil)
        }
        #expect(server.requests.isEmpty)
    }

    @Test func `the certificate of another host`() async throws {
        let certificates = try TestCertificates.make()
        let server = try FaultServer(tls: certificates.serverOfAnotherHost()) { _ in .json("{}") }
        for host in ["localhost", "127.0.0.1"] {
            let error = try #require(
                await makeTransport(
                    "https://\(host):\(server.port)", tls: TLSOptions(authorities: certificates.authority)
                ).outcome())
            #expect(
                error.message
                    == "The certificate that The test server at \(host):\(server.port) shows is for another host; "
                    + "check the address.")
        }
        #expect(try await makeTransport(server.secureAddress, tls: TLSOptions(isInsecure: true)).outcome() == nil)
    }

    @Test func `a server that wants to see our certificate`() async throws {
        let certificates = try TestCertificates.make()
        let server = try FaultServer(tls: certificates.server(requiringClient: true)) { _ in .json("{}") }
        var tls = TLSOptions(authorities: certificates.authority)
        let error = try #require(await makeTransport(server.secureAddress, tls: tls).outcome())
        #expect(error.code == .unauthorized)
        #expect(
            error.message
                == "The test server at localhost:\(server.port) wants a certificate from us; "
                + "name a client certificate with its key.")
        tls.clientCertificate = certificates.client
        #expect(try await makeTransport(server.secureAddress, tls: tls).outcome() == nil)
        tls.clientCertificate = certificates.foreignClient
        let refused = try #require(await makeTransport(server.secureAddress, tls: tls).outcome())
        #expect(refused.code == .unauthorized)
        #expect(refused.message.contains("does not accept our certificate"))
    }

    @Test func `https where http is spoken`() async throws {
        let server = try FaultServer { _ in .json("{}") }
        let error = try #require(await makeTransport(server.secureAddress).outcome())
        #expect(
            error.message == "The test server at localhost:\(server.port) does not speak https there; "
                + "try http:// or another port.")
    }

    @Test func `http where https is spoken`() async throws {
        let server = try FaultServer(tls: TestCertificates.make().server()) { _ in .json("{}") }
        let error = try #require(await makeTransport(server.address).outcome())
        #expect(
            error.message.hasSuffix(
                "closed the connection without an answer; it may be restarting, or want https:// in its address."))
    }

    @Test(arguments: ["/nowhere.pem", "/etc/hostname", "/usr"])
    func `files that hold no certificates`(path: String) async throws {
        for tls in [TLSOptions(authorities: path), TLSOptions(clientCertificate: path)] {
            let error = try #require(await refusal { try makeTransport("https://localhost", tls: tls) })
            #expect(error.code == .invalid)
            #expect(error.message.contains(path))
        }
        // Nothing is read where nothing is secured.
        _ = try makeTransport("http://localhost", tls: TLSOptions(authorities: path))
    }

    @Test func `a connection that is gone comes back`() async throws {
        let certificates = try TestCertificates.make()
        let first = try FaultServer(tls: certificates.server()) { _ in .json("{}") }
        let transport = try makeTransport(first.secureAddress, tls: TLSOptions(authorities: certificates.authority))
        #expect(await transport.outcome() == nil)
        first.stop()
        #expect(await transport.outcome()?.code == .unavailable)
        let second = try FaultServer(port: first.port, tls: certificates.server()) { _ in .json("{}") }
        #expect(await transport.outcome() == nil)
        withExtendedLifetime(second) {}
    }
}
