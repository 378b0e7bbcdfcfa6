import HTTPTransport
import RunServices
import TestSupport
import Testing

struct AddressTests {
    @Test(arguments: [
        ("http://host", "http://host"), ("HTTPS://Host:443/", "https://host"),
        ("http://host:5000/a/b//", "http://host:5000/a/b"),
        ("http://[::1]:5000/x", "http://[::1]:5000/x"), ("https://host:80", "https://host:80"),
        ("http://ana:secret@host/a?b#c", "http://host/a"), ("http://host/a%20b", "http://host/a%20b"),
        ("http://bücher.example", "http://xn--bcher-kva.example"),
    ])
    func parts(text: String, shown: String) throws {
        #expect(try HTTPAddress(text).text == shown)
    }

    @Test(arguments: [
        "", "host", "host:5000", "ftp://host", "http://", "http:///x", "http://host:0", "http://host:65536",
        "http://host:-1", "http://host:port", "http://ho st", "http://ana:sec ret@host:99999",
    ])
    func `no address`(text: String) async throws {
        let error = try #require(await refusal { try HTTPAddress(text) })
        #expect(
            error
                == RunServiceError(
                    .invalid, "This is no address of a server; write it like https://mlflow.example.org."))
    }

    @Test func credentials() throws {
        #expect(try HTTPAddress("http://ana:p%40s%3As@host").credentials == .basic(user: "ana", password: "p@s:s"))
        #expect(try HTTPAddress("http://:pw@host").credentials == .basic(user: "", password: "pw"))
        #expect(try HTTPAddress("http://ana:@host").credentials == .basic(user: "ana", password: ""))
        // A user alone is none for Python's `requests`, but may be a token.
        #expect(try HTTPAddress("http://ana@host").credentials == nil)
        #expect(try HTTPAddress("http://ana@host").hasUserInfo)
        #expect(try !HTTPAddress("http://host").hasUserInfo)
    }

    @Test func requests() async throws {
        let server = try FaultServer { _ in .json("{}") }
        var call = HTTPCall.patient(.get, "/api/list")
        call.query = [("path", "a b/ü&=+"), ("path", "")]
        call.headers = [("X-Own", "1")]
        let transport = try makeTransport("http://ana:pass@127.0.0.1:\(server.port)/base%20path/")
        _ = try await transport.send(call)
        let request = try #require(server.requests.first)
        #expect(request.target == "/base%20path/api/list?path=a%20b%2F%C3%BC%26%3D%2B&path=")
        #expect(request["Host"] == "127.0.0.1:\(server.port)")
        #expect(request["Authorization"] == "Basic YW5hOnBhc3M=")
        #expect(request["X-Own"] == "1")
        // MLflow takes a request with a foreign origin for an attack.
        #expect(request["Origin"] == nil)
    }

    @Test func `a token that would end its header is refused`() async throws {
        let error = try #require(
            await refusal { try makeTransport("http://host", credentials: .bearer(token: "abcdef\nX-Evil: 1")) })
        #expect(error.code == .invalid)
        #expect(!error.description.contains("abcdef"))
    }
}
