import HTTPTransport
import RunServices
import TestSupport
import Testing

/// Which proxy the environment asks for.
struct ProxySettingTests {
    private func proxy(_ address: String, _ environment: [String: String]) throws -> String? {
        try HTTPProxy.forAddress(HTTPAddress(address), environment: environment).map { "\($0.host):\($0.port)" }
    }

    @Test func `one for each scheme`() throws {
        let environment = ["http_proxy": "http://plain:1", "HTTPS_PROXY": "secure:2", "ALL_PROXY": "http://all:3"]
        #expect(try proxy("http://a.example", environment) == "plain:1")
        #expect(try proxy("https://a.example", environment) == "secure:2")
        #expect(try proxy("https://a.example", ["all_proxy": "http://all:3/"]) == "all:3")
        #expect(try proxy("http://a.example", ["HTTPS_PROXY": "secure:2"]) == nil)
        #expect(try proxy("http://a.example", [:]) == nil)
    }

    @Test func `the lower-case name wins and can switch off`() throws {
        #expect(try proxy("http://a.example", ["http_proxy": "http://low:1", "HTTP_PROXY": "http://up:2"]) == "low:1")
        #expect(try proxy("http://a.example", ["http_proxy": "", "HTTP_PROXY": "http://up:2"]) == nil)
    }

    @Test func credentials() throws {
        let found = try HTTPProxy.forAddress(
            HTTPAddress("https://a.example"), environment: ["HTTPS_PROXY": "http://ana:p%40ss@proxy:3128"])
        #expect(
            found
                == HTTPProxy(
                    host: "proxy", port: 3128, credentials: .basic(user: "ana", password: "p@ss"),
                    variable: "HTTPS_PROXY"))
    }

    @Test(arguments: [
        ("a.example", "http://a.example", true), ("a.example", "http://b.a.example", true),
        (".a.example", "http://a.example", true), ("a.example", "http://ba.example", false),
        ("b.example, a.example", "http://a.example", true), ("A.Example", "http://a.example", true),
        ("a.example:8080", "http://a.example:8080", true), ("a.example:8080", "http://a.example:80", false),
        ("*", "http://a.example", true), ("*.example", "http://a.example", false), (",", "http://a.example", false),
        ("10.0.0.0/8", "http://10.20.30.40", true), ("10.0.0.0/8", "http://11.20.30.40", false),
        ("192.168.1.7", "http://192.168.1.7", true), ("0.0.0.0/0", "http://192.168.1.7", false),
        ("10.0.0.0/33", "http://10.0.0.1", false), ("127.0.0.1,localhost", "http://localhost:5000", true),
    ])
    func exemption(list: String, address: String, isExempt: Bool) throws {
        for name in ["no_proxy", "NO_PROXY"] {
            #expect(try (proxy(address, ["http_proxy": "p:1", name: list]) == nil) == isExempt)
        }
    }

    @Test(arguments: [
        ("socks5://localhost:1080", RunServiceError.Code.unsupported), ("https://proxy:443", .unsupported),
        ("http://proxy:99999", .invalid), ("http://", .invalid),
    ])
    func `proxies that cannot be used`(text: String, code: RunServiceError.Code) async throws {
        let error = try #require(await refusal { try proxy("http://a.example", ["ALL_PROXY": text]) })
        #expect(error.code == code)
        #expect(error.message.hasPrefix("ALL_PROXY names "))
    }
}
