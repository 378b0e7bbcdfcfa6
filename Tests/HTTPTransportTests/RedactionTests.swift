import HTTPTransport
import RunServices
import TestSupport
import Testing

/// Nothing that a server repeats brings a password or token to light.
struct RedactionTests {
    @Test(arguments: [
        ("tok-1234", "bad token tok-1234!", "bad token ***!"),
        ("tok-1234", "dG9rLTEyMzQ= and dG9rLTEyMzQ", "*** and ***"),
        ("p@ss/wörd", "?password=p%40ss%2Fw%C3%B6rd&x", "?password=***&x"),
        ("p@ss/wörd", "p%40ss%2fw%c3%b6rd", "***"), ("a/b/c", "next=%2Fa%252Fb%252Fc", "next=%2F***"),
        ("a b c d", "q=a+b+c+d", "q=***"),
        ("a<b>\"c\"&d", "&lt;i&gt; a&lt;b&gt;&quot;c&quot;&amp;d", "&lt;i&gt; ***"),
        ("a\"b\\c", #"{"pw":"a\"b\\c"}"#, #"{"pw":"***"}"#),
        ("abcd", "xabcdx", "x***x"), ("nothing", "", ""), ("", "empty", "empty"),
        // A short one only where it stands alone.
        ("pw", "pw is wrong, pws are not: 'pw'", "*** is wrong, pws are not: '***'"),
        ("1", "line 11, user 1", "line 11, user ***"),
    ])
    func forms(secret: String, text: String, clean: String) {
        #expect(Redaction([secret])(text) == clean)
    }

    @Test func `a secret within another leaves nothing behind`() {
        #expect(Redaction(["secret", "secret-long"])("secret-long secret") == "*** ***")
    }

    @Test func `faults tell no secret`() async throws {
        let password = "open/sesame 42"
        let credentials = HTTPCredentials.basic(user: "ana", password: password)
        // Answers with what it was sent.
        let server = try FaultServer { request in
            let status = Int(request.path.dropFirst()) ?? 200
            return status == 302
                ? .redirect(to: "https://ana:\(request.text)@id.example/login/\(request.text)?\(request.text)")
                : .answer(status, "text/plain", request.text)
        }
        let transport = try makeTransport(server.address, credentials: credentials)
        for secret in [password, "YW5hOm9wZW4vc2VzYW1lIDQy", HTTPTransport.escaped(password)] {
            for status in [200, 302, 400, 401, 403, 404, 429, 500, 503] {
                // Beyond the end of what is shown, too: half a secret is one.
                for padding in ["", String(repeating: "x", count: 65), String(repeating: "x", count: 78)] {
                    var call = HTTPCall.patient(.post, "/\(status)")
                    call.body = Array("\(padding) \(secret) again".utf8)
                    do throws(RunServiceError) {
                        let answer = try await transport.send(call)
                        expectNoTrace(of: secret, in: transport.fault.sentence(for: answer))
                        expectNoTrace(of: secret, in: transport.fault.unreadable(answer, "\(padding) \(secret)"))
                    } catch {
                        expectNoTrace(of: secret, in: error)
                    }
                }
            }
        }
        #expect(server.requests.allSatisfy { $0["Authorization"] == "Basic YW5hOm9wZW4vc2VzYW1lIDQy" })
    }

    private func expectNoTrace(of secret: String, in error: RunServiceError) {
        let parts = (0...secret.count - 5).map { secret.dropFirst($0).prefix(5) }
        #expect(!parts.contains { error.description.contains($0) }, "\(error)")
    }
}
