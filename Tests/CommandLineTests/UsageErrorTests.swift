import Testing

/// What is wrong with an argument is told without the argument steering the terminal.
@Suite struct UsageErrorTests {
    private static let evil = "\u{1B}]0;owned\u{7}\u{202E}x\u{2028}\u{9B}31m"

    @Test(arguments: [
        [evil], ["--" + evil], ["log", evil], ["log", "a=1", "--step", evil], ["log", "a=1", "--" + evil],
        ["exec", "--" + evil], ["exec", "--grace", evil, "--", "true"], ["exec", "--property", evil, "--", "true"],
        ["exec", "--" + evil, "--", "true"], ["dashboard", evil], ["dashboard", "--color", evil], ["demo", evil],
        ["--service", evil], ["log", "a=1", "--service", "http://" + evil], ["log", "a=1", "-r", evil],
        ["exec", "--service", "/nowhere/" + evil, "--", "true"], ["exec", "--", "/nowhere/" + evil],
        ["list", "-e", evil], ["list", "--query", evil], ["list", "--columns", "." + evil],
        ["list", "--filter", "a=" + evil],
        ["list", "--status", evil, "-o", "json"], ["list", "--since", evil], ["show", evil], ["export", evil],
        ["logs", "-r", evil], ["metrics", "-r", evil, evil], ["compare", evil, evil], ["watch", evil],
        ["cancel", "-r", evil], ["update", evil, evil, "--name", evil], ["restore", evil, "--yes"], ["submit", evil],
        ["submit", "-c", evil, "x.py"], ["start", "--parent", evil], ["fail", "--silent-for", evil],
        ["az", "ml", "run", "show", "-r", evil], ["attach", "-w", evil, "-g", "g", "--subscription-id", "s"],
    ])
    func showNoControls(_ arguments: [String]) async throws {
        let answer = try await Binary().call(arguments)
        #expect(answer.status != 0)
        #expect(!answer.errors.isEmpty)
        for scalar in (answer.output + answer.errors).unicodeScalars where scalar != "\n" {
            let isHidden =
                scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) || [0x202E, 0x2028].contains(scalar.value)
            #expect(!isHidden, "U+\(String(scalar.value, radix: 16)) in \(answer.errors.debugDescription)")
        }
    }

    @Test(
        arguments: [
            "exec", "log", "dashboard", "demo", "start", "update", "child", "complete", "fail", "cancel", "delete",
            "restore", "purge", "submit", "attach", "rerun", "copy",
            "exec", "log", "dashboard", "demo", "experiments", "list", "show", "children", "metrics", "logs", "watch",
            "compare", "export", "query",
        ], ["-h", "--help"])
    func everySubcommandHelps(_ subcommand: String, _ option: String) async throws {
        let answer = try await Binary().call(subcommand, option)
        #expect(answer.status == 0 && answer.errors.isEmpty)
        #expect(answer.output.contains("USAGE: runwatch \(subcommand)"))
    }

    @Test func helpAfterOtherOptionsOfExecIsItsOwnAndThatOfTheCommandIsNot() async throws {
        #expect(try await Binary().call("exec", "-e", "x", "--help").output.contains("USAGE: runwatch exec"))
        #expect(try await Binary().call("exec", "printf", "%s\\n", "--help").output == "--help\n")
        #expect(try await Binary().call("exec", "--", "printf", "%s\\n", "-h").output == "-h\n")
    }

    @Test func versionIsTold() async throws {
        let answer = try await Binary().call("--version")
        #expect(answer.status == 0 && answer.output.split(separator: ".").count == 3)
    }

    @Test func helpIsOutputAndErrorsAreNot() async throws {
        let help = try await Binary().call("--help")
        #expect(help.status == 0 && help.errors.isEmpty && help.output.contains("SUBCOMMANDS"))
        let error = try await Binary().call("log")
        #expect(error.status == 2 && error.output.isEmpty && error.errors.contains("Usage: runwatch log"))
    }
}
