import TestSupport
import Testing

extension EndToEndTests {
    /// Runs side by side, and what leaves the screen: the clipboard's bytes, a file, a note in an editor.
    @Suite struct Comparing {
        /// Two runs that are over, with what differs between them.
        private func startTwo(on bench: Workbench) async throws {
            for (name, rate, losses) in [("warm", "0.1", [3, 1, 2]), ("cold", "0.2", [4, 5, 6])] {
                let points = losses.enumerated().map { "'\(Workbench.binary)' log loss=\($1) --step \($0)" }
                _ = try await bench.startRun(
                    name, points.joined(separator: " && "),
                    options: ["--param", "lr=\(rate)", "--param", "seed=7", "--tag", "team=vision"])
                // The newest comes first in the list.
                try await eventuallyOver(name, on: bench)
            }
        }

        private func eventuallyOver(_ name: String, on bench: Workbench) async throws {
            _ = try await eventually("\(name) is over") {
                let answer = try await bench.runwatch("list", "--filter", "name = \(name)", "-o", "json")
                return answer.output.contains("Completed") ? true : nil
            }
        }

        @Test func realRunsSideBySide() async throws {
            try await Workbench.open { bench in
                try await startTwo(on: bench)
                let terminal = try await bench.terminal("--interval", "0.3", columns: 80, rows: 30)
                try await terminal.wait(for: "✓ Completed", "cold")
                try await terminal.press("*")
                try await terminal.wait(for: "2 runs are marked")
                try await terminal.press("=")
                try await terminal.wait(for: "Comparison", "differences", "2 runs")
                try await terminal.wait(for: "lr", "0.2", "0.1", "-0.1")
                let screen = try await terminal.wait(for: "loss min step", "1")
                #expect(screen.row(with: "loss min", "4", "1", "-3") != nil)
                #expect(screen.row(with: "command", "=4", "=3") != nil, "of commands the end that differs")
                #expect(!screen.contains("seed"))
                try await terminal.press("d")
                try await terminal.wait(for: "seed", "7")
                try await terminal.press("/")
                try await terminal.type("params")
                try await terminal.press("Enter")
                try await terminal.wait(forAbsenceOf: "Metrics")
                // What is shown is what is written.
                try await terminal.type(":export \(bench.directory)/compared.csv\n")
                try await terminal.wait(for: "Wrote 2 rows to")
                #expect(
                    FileBytes.text(bench.directory + "/compared.csv")
                        == "field,cold,warm\nparams.lr,0.2,0.1\nparams.seed,7,7\n")
                try await terminal.type(":export \(bench.directory)/compared.csv\n")
                try await terminal.wait(for: "exists already")
                let path = try await terminal.recordBytes()
                try await terminal.press("y")
                try await terminal.wait(for: "as Markdown")
                try await terminal.press("Enter")
                try await terminal.wait(for: "Sent the comparison as Markdown")
                // "| field | cold | warm |" begins so.
                _ = try await eventually("the clipboard got it") {
                    FileBytes.text(path).flatMap {
                        $0.contains("\u{1b}]52;c;fCBmaWVsZCB8IGNvbGQgfCB3YXJtIHw") ? true : nil
                    }
                }
                try await terminal.press("q")
                try await terminal.wait(forAbsenceOf: "Comparison")
                try await terminal.wait(for: "✓ Completed", "cold")
            }
        }

        @Test func anIDGoesToTheClipboardThroughTmux() async throws {
            try await Workbench.open { bench in
                let id = try await bench.startRun("short", "true")
                try await eventuallyOver("short", on: bench)
                let terminal = try await bench.terminal(environment: ["TMUX": "/tmp/tmux,1,0"])
                try await terminal.wait(for: "✓ Completed", "short")
                let path = try await terminal.recordBytes()
                try await terminal.press("y")
                try await terminal.wait(for: "run id", id)
                try await terminal.press("y")
                let bytes = try await eventually("it was sent twice over") {
                    FileBytes.text(path).flatMap { $0.contains("\u{1b}\u{1b}\\\u{1b}\\") ? $0 : nil }
                }
                #expect(bytes.contains("\u{1b}Ptmux;\u{1b}\u{1b}]52;c;"))
                // And as plain text, with nothing beside it.
                try await terminal.wait(for: "Sent the run id")
                try await terminal.press("y")
                try await terminal.wait(for: "plain text")
                try await terminal.press("p")
                try await terminal.wait(until: "the id stands alone") { $0.rows.first == id }
                try await terminal.press("Escape")
                try await terminal.wait(for: "✓ Completed", "short")
            }
        }

        @Test func theListIsExported() async throws {
            try await Workbench.open { bench in
                let id = try await bench.startRun("short", "true", options: ["--tag", "quality=great run"])
                try await eventuallyOver("short", on: bench)
                let terminal = try await bench.terminal()
                try await terminal.wait(for: "✓ Completed", "short")
                for name in ["runs.csv", "runs.md", "runs.json"] {
                    try await terminal.type(":export \(bench.directory)/\(name)\n")
                    try await terminal.wait(for: "Wrote 1 run to", name)
                    let text = try #require(FileBytes.text("\(bench.directory)/\(name)"))
                    #expect(text.contains(id) && text.contains("great run"))
                }
                try await terminal.type(":export \(bench.directory)/none/runs.csv\n")
                try await terminal.wait(for: "cannot be written")
            }
        }

        @Test func aNoteIsWrittenInTheEditor() async throws {
            try await Workbench.open { bench in
                try await bench.startRun("short", "true")
                try await eventuallyOver("short", on: bench)
                let editor = bench.directory + "/an editor"
                try FileBytes.write("#!/bin/sh\necho editing; printf 'seen %s\\n' twice > \"$1\"\n", to: editor)
                try await bench.call("chmod", ["+x", editor])
                let terminal = try await bench.terminal(
                    "--interval", "0.3", environment: ["VISUAL": "'\(editor)'", "EDITOR": "false"])
                try await terminal.wait(for: "✓ Completed", "short")
                try await terminal.press("n")
                try await terminal.wait(for: "Saved the note of")
                try await terminal.wait(for: "short ✎")
                try await terminal.wait(for: "note", "seen twice")
                let shown = try await bench.runwatch("list", "--query", "[0].description", "-o", "tsv")
                #expect(shown.output == "seen twice\n")
                // The same text again writes nothing.
                try await terminal.press("n")
                try await terminal.wait(for: "The note is as it was.")
                try await terminal.press("q")
                #expect(try await terminal.ending() == 0)
            }
        }

        @Test func anEditorThatFailsIsTold() async throws {
            try await Workbench.open { bench in
                try await bench.startRun("short", "true")
                try await eventuallyOver("short", on: bench)
                let terminal = try await bench.terminal(environment: ["VISUAL": "exit 3 #", "TMPDIR": bench.directory])
                try await terminal.wait(for: "✓ Completed", "short")
                try await terminal.press("n")
                try await terminal.wait(for: "The editor ended with status 3, so the note was left as it is.")
                let left = try await bench.call("sh", ["-c", "ls '\(bench.directory)' | grep note"])
                #expect(left.output.isEmpty)
                try await terminal.press("q")
                #expect(try await terminal.ending() == 0)
            }
        }
    }
}
