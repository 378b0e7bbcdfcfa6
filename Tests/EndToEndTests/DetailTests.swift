import Testing

extension EndToEndTests {
    /// The page of the selected run: its log and its metrics while it runs.
    @Suite struct Details {
        @Test func followsTheLogAsItIsWritten() async throws {
            try await Workbench.open { bench in
                try await bench.startRun(
                    "talker", "echo first words; while ! [ -e more ]; do sleep 0.05; done; seq 1000; sleep 7638")
                let terminal = try await bench.terminal("--interval", "0.2")
                try await terminal.wait(for: "● Running", "talker")
                try await terminal.press("3")
                try await terminal.wait(for: "first words")
                try FileBytes.write("", to: bench.directory + "/more")
                try await terminal.wait(until: "the last line came by itself") { screen in
                    screen.rows.contains { $0.trimming == "1000" } && !screen.contains("first words")
                }
                // Going up stays there; F goes back to the end.
                try await terminal.press("Tab", "g")
                try await terminal.wait(for: "first words")
                try await terminal.press("F")
                try await terminal.wait(forAbsenceOf: "first words")
            }
        }

        @Test func searchesInTheLog() async throws {
            try await Workbench.open { bench in
                try await bench.runwatch(
                    "exec", "--name", "counter", "--", "sh", "-c", "seq 5000; echo needle; seq 5000")
                let terminal = try await bench.terminal("--interval", "0.2")
                try await terminal.wait(for: "✓ Completed", "counter")
                try await terminal.press("3", "Tab")
                try await terminal.wait(for: "/ search")
                try await terminal.press("g", "/")
                try await terminal.wait(for: "search log:")
                try await terminal.type("needle")
                try await terminal.press("Enter")
                try await terminal.wait(until: "the match is on screen") { screen in
                    screen.rows.contains { $0.trimming == "needle" } && screen.rows.contains { $0.trimming == "4999" }
                }
            }
        }

        @Test func chartsMetricsAsTheyAreLogged() async throws {
            try await Workbench.open { bench in
                let log = "'\(Workbench.binary)' log"
                try await bench.startRun(
                    "learner",
                    """
                    for i in 1 2 3 4 5; do \(log) loss=0.$((6 - i)) --step $i; done
                    while ! [ -e more ]; do sleep 0.05; done
                    \(log) loss=0.0625 --step 6 && sleep 7637
                    """)
                let terminal = try await bench.terminal("--interval", "0.2")
                try await terminal.wait(for: "learner", "0.1 ")
                try await terminal.press("2", "z")
                try await terminal.wait(until: "a chart of five steps fills the screen") { screen in
                    !screen.contains("STATUS") && screen.row(with: "loss", "0.1") != nil
                }
                try FileBytes.write("", to: bench.directory + "/more")
                try await terminal.wait(for: "loss", "0.0625")
                try await terminal.press("Escape")
                try await terminal.wait(for: "learner", "0.0625", "▁")
            }
        }

        @Test func showsWhyARunFailed() async throws {
            try await Workbench.open { bench in
                try await bench.runwatch("exec", "--name", "broken", "--", "sh", "-c", "echo no such file >&2; exit 3")
                let terminal = try await bench.terminal("--interval", "0.2")
                try await terminal.wait(for: "✗ Failed", "broken")
                try await terminal.wait(for: "exited with status 3: no such file")
                try await terminal.wait(for: "command", "sh -c")
            }
        }
    }
}

extension String {
    /// Without blanks at either end.
    fileprivate var trimming: Substring {
        var text = self[...]
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return text
    }
}
