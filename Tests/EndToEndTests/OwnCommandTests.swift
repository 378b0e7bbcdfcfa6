import Foundation
import TestSupport
import Testing

extension EndToEndTests {
    /// Commands of the user's own, in a real terminal.
    @Suite struct OwnCommands {
        private static func write(_ text: String, _ bench: Workbench) throws {
            let folder = bench.directory + "/.config/runwatch"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/config.yaml"))
        }

        @Test func `one has the terminal, and the dashboard is back behind it`() async throws {
            try await Workbench.open { bench in
                try await bench.runwatch(
                    "exec", "--name", "it's $(touch owned)", "--tag", "job=`touch owned`; touch owned #", "--", "true")
                try Self.write(
                    """
                    commands:
                      look:
                        run: 'printf "<%s> <%s>\\n" ${name} ${tags.job}; stty size; read -r line; echo "got $line"; exit 3'
                        key: X
                    """, bench)
                let terminal = try await bench.terminal("--interval", "0.2")
                try await terminal.wait(for: "✓ Completed", "it's $(touch owned)")
                try await terminal.press("X")
                try await terminal.wait(for: "<it's $(touch owned)> <`touch owned`; touch owned #>")
                try await terminal.wait(for: "40 120")
                #expect(try await terminal.fact("alternate_on") == "0")
                // Lines and echo are the terminal's own while the command has it; ctrl-c is for the command alone.
                try await terminal.type("some words\n")
                try await terminal.wait(for: "got some words")
                try await terminal.wait(for: "The command ended with status 3. Press a key to go back.")
                try await terminal.press("q")
                try await terminal.wait(for: "✓ Completed", "it's $(touch owned)")
                try await terminal.wait(for: "“look” ended with status 3.")
                #expect(try await terminal.fact("alternate_on") == "1")
                #expect(!FileManager.default.fileExists(atPath: bench.directory + "/owned"))
                try await terminal.press("q")
                // Beside what the command left on the shell's screen.
                try await terminal.wait(for: "ended with status 0")
            }
        }

        @Test func `an interrupt ends the command and not the dashboard`() async throws {
            try await Workbench.open { bench in
                try await bench.runwatch("exec", "--name", "one", "--", "true")
                try Self.write(
                    "commands:\n  wait:\n    run: echo waiting; sleep 7651\n    pause: false\n    key: X\n", bench)
                // From a shell with job control, as people start it: an interrupt is for the foreground's group alone.
                let terminal = try await TerminalSession.start(
                    ["sh", "-i"], on: bench, columns: 120, rows: 40, environment: ["PS1": "prompt$ ", "ENV": nil])
                try await terminal.wait(for: "prompt$")
                try await terminal.type("'\(Workbench.binary)' --interval 0.2\n")
                try await terminal.wait(for: "✓ Completed", "one")
                try await terminal.press("X")
                try await terminal.wait(for: "waiting")
                try await terminal.press("C-c")
                try await terminal.wait(for: "“wait” was ended by signal 2.")
                try await terminal.wait(for: "✓ Completed", "one")
                #expect(bench.processes(with: "7651") == [])
                try await terminal.press("q")
                try await terminal.wait(until: "the shell is back") { $0.rows.last { !$0.isEmpty } == "prompt$" }
            }
        }

        @Test func `in the background the last line and a failure are told`() async throws {
            try await Workbench.open { bench in
                try await bench.runwatch("exec", "--name", "one", "--tag", "job=77", "--", "true")
                try Self.write(
                    """
                    commands:
                      job-end:
                        run: 'echo asked; echo "ended ${tags.job}"'
                        background: true
                        confirm: true
                        key: X
                      job-lost:
                        run: echo no such job >&2; exit 4
                        background: true
                    """, bench)
                let terminal = try await bench.terminal("--interval", "0.2")
                try await terminal.wait(for: "✓ Completed", "one")
                try await terminal.press("X")
                try await terminal.wait(for: "Run “job-end”?")
                try await terminal.wait(for: "$ echo asked; echo \"ended 77\"")
                try await terminal.press("y", until: "the question is answered") { !$0.contains("Run “job-end”?") }
                try await terminal.wait(for: "“job-end”: ended 77")
                try await terminal.press(":")
                try await terminal.type("job-lost")
                try await terminal.press("Enter")
                try await terminal.wait(for: "“job-lost” ended with status 4: no such job")
            }
        }

        @Test func `a clash of keys is told before the screen opens`() async throws {
            try await Workbench.open { bench in
                try Self.write(
                    """
                    theme:
                      colors:
                        runing: red
                    commands:
                      gpu:
                        run: nvidia-smi
                        key: c
                    """, bench)
                let answer = try await bench.runwatch("config")
                #expect(answer.status == 2)
                #expect(answer.errors.contains("config.yaml:7: commands.gpu: “c” is the key of cancel already"))
                try Self.write("theme:\n  colors:\n    runing: red\n", bench)
                #expect(
                    try await bench.runwatch("config").errors.contains(
                        "config.yaml:3: theme.colors.runing: there is nothing of that name; did you mean running?"))
            }
        }

        @Test func `statuses have the colours of the file, unless NO_COLOR says none`() async throws {
            try await Workbench.open { bench in
                try await bench.runwatch("exec", "--name", "one", "--", "true")
                try Self.write("theme:\n  colors:\n    completed: 208\n", bench)
                let terminal = try await bench.terminal("--interval", "0.2", environment: ["TERM": "xterm-256color"])
                try await terminal.wait(for: "✓ Completed", "one")
                #expect(try await terminal.coloredScreen().contains("38;5;208"))
                try await terminal.press("q")
                #expect(try await terminal.ending() == 0)
            }
            try await Workbench.open { bench in
                try await bench.runwatch("exec", "--name", "one", "--", "true")
                try Self.write("theme:\n  colors:\n    completed: 208\n", bench)
                let terminal = try await bench.terminal("--interval", "0.2", environment: ["NO_COLOR": "1"])
                try await terminal.wait(for: "✓ Completed", "one")
                #expect(!(try await terminal.coloredScreen().contains("208")))
            }
        }
    }
}
