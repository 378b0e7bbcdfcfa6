import TestSupport
import Testing

extension EndToEndTests {
    /// What leaves the screen: title, bell, the desktop's notification, the hook.
    @Suite struct Attention {
        private func write(hook: String, on bench: Workbench) throws -> String {
            let path = bench.directory + "/config.yaml"
            try FileBytes.write("hook: \"\(hook)\"\n", to: path)
            return path
        }

        /// A run that fails with status 3 once `go` is there.
        private func startDoomed(on bench: Workbench) async throws {
            _ = try await bench.startRun(
                "doomed", "while [ ! -e '\(bench.directory)/go' ]; do sleep 0.05; done; exit 3")
        }

        @Test func aFailureIsToldByAllWays() async throws {
            try await Workbench.open { bench in
                let configuration = try write(hook: "cat >> '\(bench.directory)/events'", on: bench)
                try await startDoomed(on: bench)
                let terminal = try await bench.terminal(
                    "--interval", "0.3", environment: ["RUNWATCH_CONFIG": configuration])
                try await terminal.wait(for: "● Running", "doomed")
                _ = try await eventually("the title counts") {
                    try await terminal.fact("pane_title") == "runwatch: 1 active" ? true : nil
                }
                let path = try await terminal.recordBytes()
                try FileBytes.write("", to: bench.directory + "/go")
                try await terminal.wait(for: "runwatch", "1 failed")
                let bytes = try await eventually("the notification was sent") {
                    FileBytes.text(path).flatMap { $0.contains("]9;") ? $0 : nil }
                }
                #expect(bytes.contains("\u{7}\u{1b}]9;runwatch: doomed ("))
                _ = try await eventually("the title tells of it") {
                    try await terminal.fact("pane_title") == "runwatch: 0 active, 1 failed" ? true : nil
                }
                let event = try await eventually("the hook got the event") {
                    FileBytes.text(bench.directory + "/events").flatMap { $0.hasSuffix("}\n") ? $0 : nil }
                }
                #expect(event.contains("\"event\":\"failed\"") && event.contains("\"name\":\"doomed\""))
                #expect(event.contains("\"status\":\"Failed\""))
                // The list has it, and leads to the run.
                try await terminal.press("e")
                try await terminal.wait(for: "doomed", "failed")
                try await terminal.press("Enter")
                try await terminal.wait(forAbsenceOf: "go to the run")
                try await terminal.wait(for: "✗ Failed", "doomed")
            }
        }

        @Test func tmuxLetsTheNotificationThrough() async throws {
            try await Workbench.open { bench in
                try await startDoomed(on: bench)
                let terminal = try await bench.terminal(
                    "--interval", "0.3", "--notify", "osc", environment: ["TMUX": "/tmp/tmux,1,0"])
                try await terminal.wait(for: "● Running", "doomed")
                let path = try await terminal.recordBytes()
                try FileBytes.write("", to: bench.directory + "/go")
                let bytes = try await eventually("the notification was sent") {
                    FileBytes.text(path).flatMap { $0.contains("]9;") ? $0 : nil }
                }
                #expect(bytes.contains("\u{1b}Ptmux;\u{1b}\u{1b}]9;runwatch: doomed ("))
                #expect(!bytes.contains("\u{7}\u{1b}Ptmux"), "no bell was chosen")
            }
        }

        @Test func noneIsNone() async throws {
            try await Workbench.open { bench in
                try await startDoomed(on: bench)
                let terminal = try await bench.terminal("--interval", "0.3", "--notify", "none")
                try await terminal.wait(for: "● Running", "doomed")
                let path = try await terminal.recordBytes()
                try FileBytes.write("", to: bench.directory + "/go")
                try await terminal.wait(for: "✗ Failed", "doomed")
                let bytes = FileBytes.text(path) ?? ""
                #expect(!bytes.contains("\u{7}") && !bytes.contains("\u{1b}]"))
            }
        }

        @Test func theTitleComesBack() async throws {
            try await Workbench.open { bench in
                let terminal = try await bench.shell()
                try await terminal.tmux("select-pane", "-t", "main", "-T", "mine")
                try await terminal.type("'\(Workbench.binary)'\n")
                try await terminal.wait(for: "No runs yet")
                _ = try await eventually("the title is ours") {
                    try await terminal.fact("pane_title") == "runwatch: 0 active" ? true : nil
                }
                try await terminal.press("q")
                _ = try await eventually("the title is back") {
                    try await terminal.fact("pane_title") == "mine" ? true : nil
                }
            }
        }

        @Test func aHookThatFailsIsSaidOnce() async throws {
            try await Workbench.open { bench in
                let configuration = try write(hook: "exit 7", on: bench)
                try await startDoomed(on: bench)
                let terminal = try await bench.terminal(
                    "--interval", "0.3", environment: ["RUNWATCH_CONFIG": configuration])
                try await terminal.wait(for: "● Running", "doomed")
                try FileBytes.write("", to: bench.directory + "/go")
                try await terminal.wait(for: "The hook ended with status 7")
            }
        }
    }
}
