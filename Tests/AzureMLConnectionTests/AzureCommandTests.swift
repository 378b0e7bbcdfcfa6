import Foundation
import RunModel
import RunServices
import TestSupport
import Testing

@testable import AzureMLService

/// `az`, as a script on PATH.
@Suite struct AzureCommandTests {
    private func command(_ script: String, _ more: [String: String] = [:], deadline: Duration = .seconds(40)) throws
        -> (
            AzureCommand, FakeProgram
        )
    {
        let program = try FakeProgram("az", script)
        let command = AzureCommand(
            program.environment(more), subscription: sampleSubscription, resource: "https://management.example",
            deadline: deadline)
        return (command, program)
    }

    private static let answer = #"echo '{"accessToken":"tok-en","expires_on":1893456000,"tenant":"contoso.example"}'"#

    @Test func `a token comes with its end and its organisation`() async throws {
        let (command, program) = try command("echo \"$@\" > \"$HOME/arguments\"; \(Self.answer)")
        #expect(command.remedy == "run `az login`")
        let token = try await command.fetch()
        #expect(token == AccessToken("tok-en", expiresAt: Timestamp(milliseconds: 1_893_456_000_000)))
        #expect(command.remedy == "run `az login --tenant contoso.example`")
        #expect(
            try program.text("arguments")
                == "account get-access-token --output json --resource https://management.example --subscription \(sampleSubscription)\n"
        )
    }

    @Test func `it has no terminal, no input and no way to ask`() async throws {
        let (command, program) = try command(
            """
            { test -t 0 || echo no terminal; cat; (: < /dev/tty) 2> /dev/null || echo none to open; pwd; } > "$HOME/seen"
            \(Self.answer)
            """)
        _ = try await command.fetch()
        #expect(try program.text("seen") == "no terminal\nnone to open\n/\n")
    }

    @Test func `who has logged in with several accounts gets the token of the one in use, and a tenant is named`()
        async throws
    {
        let script = """
            echo "$@" >> "$HOME/calls"
            case "$*" in *--subscription*) echo "ERROR: Subscription 'x' not found. Check the spelling." >&2; exit 1;; esac
            \(Self.answer)
            """
        let (command, program) = try command(script)
        #expect(try await command.fetch()?.text == "tok-en")
        // What is known is not asked again.
        #expect(try await command.fetch()?.text == "tok-en")
        #expect(
            try program.text("calls").split(separator: "\n").map { $0.contains("--subscription") } == [
                true, false, false,
            ])
        let (other, with) = try self.command(script, ["AZURE_TENANT_ID": "contoso.example"])
        _ = try await other.fetch()
        #expect(try with.text("calls").hasSuffix("--tenant contoso.example\n"))
    }

    @Test(arguments: [
        (
            "echo \"ERROR: Please run 'az login' to setup account.\" >&2; exit 1",
            "Please run 'az login' to setup account."
        ),
        (
            "printf 'WARNING: old\\nERROR: AADSTS700082: The refresh token has expired.\\nTrace: x\\n' >&2; exit 1",
            "AADSTS700082: The refresh"
        ),
        ("printf 'Traceback:\\nImportError: No module named azure\\n' >&2; exit 1", "No module named azure"),
        ("echo oops", "To log in again"), ("exit 3", "`az` gives no token."), ("echo '{}'", "To log in again"),
        ("printf '\\033[31mERROR: red\\033[0m' >&2; exit 1", "red"),
    ])
    func `what az says is shown`(_ script: String, _ words: String) async throws {
        let (command, program) = try command(script)
        let error = try #require(await refusal { () throws(RunServiceError) in try await command.fetch() })
        withExtendedLifetime(program) {}
        #expect(error.code == .unauthorized)
        #expect(error.message.contains(words), "\(error)")
        #expect(error.message.hasSuffix("To log in again, run `az login`."))
        #expect(error.message.unicodeScalars.allSatisfy { !Shown.isHidden($0) })
    }

    @Test func `a token in its words is not shown`() async throws {
        let secret = makeJWT(end: Timestamp(milliseconds: 0), mark: String(repeating: "q", count: 60))
        let (command, program) = try command(
            "echo 'ERROR: bad answer {\"accessToken\": \"\(secret)\"} x' >&2; echo '\(secret)'; exit 1")
        let error = try #require(await refusal { () throws(RunServiceError) in try await command.fetch() })
        withExtendedLifetime(program) {}
        #expect(!"\(error)".contains("eyJ"))
        #expect(!"\(error)".contains("qqqq"))
        #expect(error.message.contains("bad answer"))
    }

    @Test func `one that is too slow is ended with all that it started`() async throws {
        let (command, program) = try command(
            "echo $$ > \"$HOME/pid\"; sleep 1000 & wait", deadline: .milliseconds(500))
        let error = await refusal { () throws(RunServiceError) in try await command.fetch() }
        #expect(error?.code == .timedOut)
        let pid = try #require(Int32(try program.text("pid").trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(try await eventually { kill(-pid, 0) != 0 })
    }

    @Test func `where there is none, another way is tried`() async throws {
        let place = try TemporaryDirectory()
        for path in [place.path, "", "relative:."] {
            let command = AzureCommand(
                AzureEnvironment(["PATH": path, "HOME": place.path]), subscription: "s", resource: "r")
            #expect(try await command.fetch() == nil)
        }
    }

    @Test func `one that cannot be started says so`() async throws {
        let place = try TemporaryDirectory()
        try "#!/nonexistent/python\n".write(toFile: place.path + "/az", atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: place.path + "/az")
        let command = AzureCommand(AzureEnvironment(["PATH": place.path]), subscription: "s", resource: "r")
        let error = await refusal { () throws(RunServiceError) in try await command.fetch() }
        #expect(error?.message.contains("can't be started") == true)
    }
}
