import GRDB
import Glibc
import TestSupport
import Testing

extension EndToEndTests {
    /// However the dashboard ends, the terminal is as it was found.
    @Suite struct Leaving {
        /// Opens the dashboard from a shell, ends it by `end`, and looks at what the shell finds afterwards.
        private func leave(
            status: String, says message: String? = nil,
            by end: (TerminalSession, Workbench.Process) async throws -> Void
        ) async throws {
            try await Workbench.open { bench in
                let terminal = try await bench.shell()
                try await terminal.type("ulimit -c 0; echo 'left before'; stty -a > before\n")
                try await terminal.wait(for: "left before")
                try await terminal.type("'\(Workbench.binary)'\n")
                try await terminal.wait(for: "No runs yet")
                #expect(try await terminal.fact("alternate_on") == "1")
                #expect(try await terminal.fact("cursor_flag") == "0")
                let dashboard = try #require(bench.dashboards().first)
                try await end(terminal, dashboard)
                _ = try await eventually("the dashboard is gone") { bench.dashboards().isEmpty ? true : nil }
                // Only a shell with echo, line editing and a prompt answers so.
                try await terminal.type("echo status is $?; stty -a > after\n")
                let screen = try await terminal.wait(for: "status is \(status)")
                #expect(screen.contains("left before"))
                #expect(!screen.contains("No runs yet"))
                #expect(try await terminal.fact("alternate_on") == "0")
                #expect(try await terminal.fact("cursor_flag") == "1")
                #expect(try await terminal.fact("keypad_flag") == "0")
                if let message { #expect(screen.contains(message)) }
                let before = try #require(FileBytes.text(bench.directory + "/before"))
                let after = try await eventually("the shell has asked") {
                    FileBytes.text(bench.directory + "/after").flatMap { $0.isEmpty ? nil : $0 }
                }
                #expect(before == after)
                // A program that leaves bracketed paste on has these brackets appear in the next one's input.
                try await terminal.paste("echo pasted\n")
                let pasted = try await terminal.wait(until: "the paste ran") { $0.rows.contains("pasted") }
                #expect(!pasted.contains("200~"))
            }
        }

        @Test func byItsKey() async throws {
            try await leave(status: "0") { terminal, _ in try await terminal.press("q") }
        }

        @Test func byControlCTwice() async throws {
            try await leave(status: "0") { terminal, _ in try await terminal.press("C-c", "C-c") }
        }

        @Test(arguments: [(SIGTERM, "143"), (SIGHUP, "129"), (SIGINT, "130")])
        func bySignal(number: Int32, status: String) async throws {
            try await leave(status: status) { _, dashboard in kill(dashboard.pid, number) }
        }

        @Test(arguments: [(SIGSEGV, "139"), (SIGILL, "132"), (SIGABRT, "134")])
        func byCrash(number: Int32, status: String) async throws {
            try await leave(status: status, says: "runwatch crashed. The terminal has been restored.") {
                _, dashboard in kill(dashboard.pid, number)
            }
        }

        @Test func byAClosedTerminal() async throws {
            try await Workbench.open { bench in
                let terminal = try await bench.terminal()
                try await terminal.wait(for: "No runs yet")
                try #require(bench.dashboards().count == 1)
                try await terminal.tmux("kill-server")
                _ = try await eventually("the dashboard is gone") { bench.dashboards().isEmpty ? true : nil }
            }
        }

        /// Another process holds the store's write lock, so that a cancel can neither be written nor refused.
        @Test(arguments: [("q", "1"), ("C-c C-c", "1")])
        func aCommandThatHangsKeepsNobodyAndIsTold(keys: String, status: String) async throws {
            try await Workbench.open { bench in
                try await bench.startRun("endless", "sleep 7651")
                let terminal = try await bench.shell()
                try await terminal.type("'\(Workbench.binary)' --interval 0.2\n")
                try await terminal.wait(for: "● Running", "endless")
                var configuration = Configuration()
                configuration.allowsUnsafeTransactions = true
                configuration.busyMode = .timeout(10)
                let lock = try DatabaseQueue(path: bench.store + "/runs.db", configuration: configuration)
                try await terminal.press("c")
                try await terminal.wait(for: "y yes")
                try await lock.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
                try await terminal.press("y", until: "the question is answered") { !$0.contains("Cancel “endless”?") }
                for key in keys.split(separator: " ") { try await terminal.press(String(key)) }
                let screen = try await terminal.wait(for: "Not confirmed: cancelling “endless”")
                #expect(screen.contains("before you repeat it."))
                try await terminal.type("echo status is $?\n")
                try await terminal.wait(for: "status is \(status)")
                try await lock.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
            }
        }

        @Test func suspendsAndComesBack() async throws {
            try await Workbench.open { bench in
                let terminal = try await bench.shell()
                try await terminal.type("echo 'left before'; '\(Workbench.binary)' --interval 0.2\n")
                try await terminal.wait(for: "No runs yet")
                try await terminal.press("C-z")
                try await terminal.wait(for: "left before")
                #expect(try await terminal.fact("alternate_on") == "0")
                #expect(try await terminal.fact("cursor_flag") == "1")
                try await bench.runwatch("exec", "--name", "meanwhile", "--", "true")
                try await terminal.resize(columns: 90, rows: 20)
                try await terminal.type("fg\n")
                try await terminal.wait(for: "✓ Completed", "meanwhile")
                #expect(try await terminal.fact("alternate_on") == "1")
                #expect(try await terminal.screen().rows.count == 20)
                try await terminal.press("q")
                try await terminal.wait(for: "left before")
            }
        }
    }
}
