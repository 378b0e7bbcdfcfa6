import Glibc
import TestSupport
import Testing

extension EndToEndTests {
    /// Columns chosen on screen, how a screen is left and found again, and views with names.
    @Suite struct LeftScreen {
        private static func runs(on bench: Workbench) async throws {
            for (name, loss) in [("one", "0.5"), ("two", "0.25"), ("three", "0.75")] {
                let log = "'\(Workbench.binary)' log loss=\(loss)"
                try await bench.runwatch(
                    "exec", "-e", "lr", "--name", name, "--param", "lr=0.\(loss.count)", "--tag", "team=\(name)-team",
                    "--", "sh", "-c", log)
            }
        }

        private static func command(_ text: String, on terminal: TerminalSession) async throws {
            try await terminal.press(":")
            try await terminal.wait(for: "Command")
            try await terminal.type(text)
            try await terminal.press("Enter")
        }

        private static func restart(_ options: String, on terminal: TerminalSession) async throws {
            try await terminal.press("q")
            try await terminal.wait(until: "the shell is back") { $0.contains("prompt$") && !$0.contains("STATUS") }
            try await terminal.type("clear; '\(Workbench.binary)' \(options)\n")
            try await terminal.wait(for: "STATUS", "RUN")
        }

        @Test func whatWasLeftIsFoundAgain() async throws {
            try await Workbench.open { bench in
                try await Self.runs(on: bench)
                let terminal = try await bench.shell()
                try await terminal.type("'\(Workbench.binary)' --interval 0.3\n")
                try await terminal.wait(for: "✓ Completed", "three")
                // Columns are chosen in the list of them.
                try await terminal.press("H")
                try await terminal.wait(for: "find:")
                try await terminal.type("team")
                try await terminal.wait(for: "[ ] tags.team", "-team")
                try await terminal.press("Space")
                try await terminal.wait(for: "[✓] tags.team")
                try await terminal.press("Enter")
                try await terminal.wait(for: "STATUS", "team")
                try await Self.command("sort loss", on: terminal)
                try await terminal.wait(for: "loss ▲")
                try await terminal.press("g", "B")
                try await terminal.wait(for: "Δ loss")
                try await terminal.press("Space")
                try await terminal.wait(for: "1 marked")
                try await Self.command("filter metrics.loss < 0.6", on: terminal)
                try await terminal.wait(for: "2 of 3 match")

                try await Self.restart("--interval 0.3", on: terminal)
                try await terminal.wait(for: "2 of 3 match", "1 marked", "loss ▲")
                try await terminal.wait(for: "STATUS", "Δ loss", "team")
                try await terminal.wait(for: "◈ two", "two-team")
                let folder = bench.directory + "/.local/state/runwatch/screens"
                let files = try await bench.call("sh", ["-c", "stat -c '%a %n' '\(folder)'/* '\(folder)'"]).output
                #expect(files.split(separator: "\n").map { $0.prefix(3) } == ["600", "700"], "\(files)")

                try await Self.restart("--fresh", on: terminal)
                let screen = try await terminal.wait(for: "✓ Completed", "three")
                #expect(!screen.contains("Δ") && !screen.contains("match") && !screen.contains("marked"))
            }
        }

        @Test func aBrokenStateIsSaidInOneSentence() async throws {
            try await Workbench.open { bench in
                try await Self.runs(on: bench)
                let terminal = try await bench.shell()
                try await terminal.type("'\(Workbench.binary)'\n")
                try await terminal.wait(for: "✓ Completed", "three")
                try await Self.command("filter two", on: terminal)
                try await terminal.wait(for: "1 of 3 match")
                try await terminal.press("q")
                try await terminal.wait(until: "the shell is back") { !$0.contains("STATUS") }
                let folder = bench.directory + "/.local/state/runwatch/screens"
                try await bench.call(
                    "sh", ["-c", "for f in '\(folder)'/*; do head -c 60 \"$f\" > x && cat x > \"$f\"; done"])
                try await terminal.type("clear; '\(Workbench.binary)'\n")
                try await terminal.wait(
                    for: "How this screen was left cannot be read from ~/.local/state/runwatch/screens/")
                try await terminal.wait(for: "✓ Completed", "three")
                // The next one is good again.
                try await Self.command("filter two", on: terminal)
                try await terminal.wait(for: "1 of 3 match")
                try await Self.restart("", on: terminal)
                try await terminal.wait(for: "1 of 3 match")
            }
        }

        @Test func aViewIsSavedAndChosen() async throws {
            try await Workbench.open { bench in
                try await Self.runs(on: bench)
                try await bench.call("mkdir", ["-p", bench.directory + "/.config/runwatch"])
                let file = bench.directory + "/.config/runwatch/config.yaml"
                try FileBytes.write("interval: 0.3  # as I like it\n", to: file)
                let terminal = try await bench.shell()
                try await terminal.type("'\(Workbench.binary)'\n")
                try await terminal.wait(for: "✓ Completed", "three")
                try await Self.command("filter metrics.loss > 0.3", on: terminal)
                try await terminal.wait(for: "2 of 3 match")
                try await Self.command("columns =lr loss", on: terminal)
                try await terminal.wait(for: "STATUS", "lr", "loss")
                try await terminal.press("v")
                try await terminal.wait(for: "No views yet")
                try await terminal.press("s")
                try await terminal.wait(for: ":view save")
                try await terminal.type("good ones")
                try await terminal.press("Enter")
                try await terminal.wait(for: "View “good ones” is saved")
                #expect(
                    FileBytes.text(file) == """
                        interval: 0.3  # as I like it

                        views:
                          good ones:
                            filter: "metrics.loss > 0.3"
                            sort: started desc
                            columns: [params.lr, loss]

                        """)
                try await Self.restart("--fresh", on: terminal)
                try await terminal.wait(for: "✓ Completed", "two")
                try await terminal.press("v")
                try await terminal.wait(for: "good ones", "/metrics.loss > 0.3")
                try await terminal.press("Enter")
                try await terminal.wait(for: "2 of 3 match")
                try await Self.restart("--fresh --view 'good ones'", on: terminal)
                try await terminal.wait(for: "2 of 3 match")
                try await terminal.press("v")
                try await terminal.wait(for: "good ones", "/metrics.loss > 0.3")
                try await terminal.press("d")
                try await terminal.wait(for: "Delete “good ones”?")
                try await terminal.press("y")
                try await terminal.wait(for: "No views yet")
                #expect(FileBytes.text(file)?.contains("good ones") == false)
                let answer = try await bench.call(Workbench.binary, ["--view", "good ones"])
                #expect(answer.status == 2 && answer.errors.contains("there is no view “good ones”"))
            }
        }
    }
}
