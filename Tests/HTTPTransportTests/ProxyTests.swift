import HTTPTransport
import RunServices
import TestSupport
import Testing

/// What goes through a proxy, and what a proxy does to it.
struct ProxyTests {
    @Test func `http goes to the proxy as a whole address`() async throws {
        let proxy = try FaultServer { _ in .json("{}") }
        var call = HTTPCall.patient(.post, "/api/x")
        call.query = [("q", "a b")]
        call.body = Array("{}".utf8)
        let transport = try makeTransport(
            "http://mlflow.invalid:5000/base", credentials: .bearer(token: "for-the-server"), proxy: proxy.proxy)
        #expect(await transport.outcome(of: call) == nil)
        let request = try #require(proxy.requests.first)
        #expect(request.method == "POST")
        #expect(request.target == "http://mlflow.invalid:5000/base/api/x?q=a%20b")
        #expect(request["Host"] == "mlflow.invalid:5000")
        #expect(request["Authorization"] == "Bearer for-the-server")
        #expect(request["Proxy-Authorization"] == nil)
        #expect(request.text == "{}")
    }

    @Test func `https goes through a tunnel`() async throws {
        let certificates = try TestCertificates.make()
        let server = try FaultServer(tls: certificates.server()) { _ in .json("{}") }
        let proxy = try FaultServer { _ in .tunnel(to: server.port) }
        var through = proxy.proxy
        through.credentials = .basic(user: "ana", password: "proxy-password")
        let transport = try makeTransport(
            "https://localhost:\(server.port)", credentials: .bearer(token: "for-the-server"),
            tls: TLSOptions(authorities: certificates.authority), proxy: through)
        #expect(await transport.outcome() == nil)
        let tunnel = try #require(proxy.requests.first)
        #expect((tunnel.method, tunnel.target) == ("CONNECT", "localhost:\(server.port)"))
        #expect(tunnel["Proxy-Authorization"] == "Basic YW5hOnByb3h5LXBhc3N3b3Jk")
        #expect(tunnel["Authorization"] == nil)
        #expect(server.requests.first?["Authorization"] == "Bearer for-the-server")
        #expect(server.requests.first?["Proxy-Authorization"] == nil)
    }

    @Test func `a proxy without its credentials`() async throws {
        let proxy = try FaultServer { _ in .answer(407, "text/plain", "Proxy authentication required") }
        let name = "The proxy 127.0.0.1:\(proxy.port)"
        for address in ["http://mlflow.invalid", "https://mlflow.invalid"] {
            var through = proxy.proxy
            let error = try #require(await makeTransport(address, proxy: through).outcome())
            #expect(error.code == .unauthorized)
            #expect(error.message == "\(name) wants credentials; write user:password@ before its host in HTTP_PROXY.")
            through.credentials = .basic(user: "ana", password: "wrong")
            #expect(
                try await makeTransport(address, proxy: through).outcome()?.message
                    == "\(name) does not accept the credentials in HTTP_PROXY.")
        }
    }

    @Test(arguments: [403, 502, 503]) func `a proxy that does not let us through`(status: Int) async throws {
        let proxy = try FaultServer { _ in .page(status, "Access denied") }
        let error = try #require(await makeTransport("https://mlflow.invalid", proxy: proxy.proxy).outcome())
        #expect(error.code == .unavailable)
        #expect(
            error.message == "The proxy 127.0.0.1:\(proxy.port) does not let us through to mlflow.invalid; "
                + "ask its administrator, or name the host in NO_PROXY.")
        let plain = try #require(await makeTransport("http://mlflow.invalid", proxy: proxy.proxy).outcome())
        #expect(
            plain.message.hasPrefix("The test server at mlflow.invalid (through the proxy 127.0.0.1:\(proxy.port)) "))
    }

    @Test func `a proxy that is down`() async throws {
        let proxy = try FaultServer { _ in .close }
        proxy.stop()
        for address in ["http://mlflow.invalid", "https://mlflow.invalid"] {
            #expect(
                try await makeTransport(address, proxy: proxy.proxy).outcome()?.message
                    == "The proxy 127.0.0.1:\(proxy.port) does not take connections; is it running?")
        }
    }

    @Test func `a proxy that nobody knows`() async throws {
        let proxy = HTTPProxy(host: "no-such-proxy.invalid", port: 3128, variable: "HTTP_PROXY")
        #expect(
            try await makeTransport("https://mlflow.invalid", proxy: proxy).outcome()?.message
                == "The proxy's host no-such-proxy.invalid is not known to the name service; "
                + "check the address and the network.")
    }
}
