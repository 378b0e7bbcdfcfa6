import Foundation
import Glibc
import TestSupport
import Testing

extension EndToEndTests {
    /// On a terminal, a command under `runwatch exec` looks and obeys as without it.
    @Suite struct TransparentTerminal {
        /// What the terminal shows after the row, less the lines in which a shell names the command.
        private func screen(
            of row: TerminalTable.Row, prefix: String, on bench: Workbench
        ) async throws -> [String] {
            let terminal = try await bench.shell(columns: 100, rows: 40)
            try Data(row.script.utf8).write(to: URL(filePath: bench.directory + "/row"))
            try await terminal.type("alias x='\(prefix)'; stty -a > before; clear; echo cleared\n")
            try await terminal.wait(until: "the screen is clear") { $0.rows.first == "cleared" }
            let errors = row.description == "an error elsewhere" ? " 2> errors" : ""
            try await terminal.type("x sh \(bench.directory)/row\(errors); echo status $?\n")
            for step in row.steps {
                switch step {
                case .await(let text):
                    try await terminal.wait(until: "“\(text)” is there") { screen in
                        screen.rows.dropFirst(2).contains { $0.contains(text) }
                    }
                case .type(let text): try await terminal.type(text)
                case .press(let key): try await terminal.press(key)
                case .resize(let columns, let rows): try await terminal.resize(columns: columns, rows: rows)
                }
            }
            let screen = try await terminal.wait(until: "the row has ended") { screen in
                screen.rows.dropFirst(2).contains { $0.contains("status ") }
                    && screen.rows.last { !$0.isEmpty } == "prompt$"
            }
            try await terminal.type("stty -a > after; echo asked\n")
            try await terminal.wait(until: "the shell has asked") { $0.rows.contains("asked") }
            let ignoresSize = row.description == "another size"
            if !ignoresSize {
                #expect(FileBytes.text(bench.directory + "/before") == FileBytes.text(bench.directory + "/after"))
            }
            // Those lines name the command, which is not the same.
            return screen.rows.filter { row in
                !row.isEmpty && !["/row", "Stopped", "exec -e"].contains { row.contains($0) }
            }
        }

        @Test(arguments: TerminalTable.rows) func isAsWithout(_ row: TerminalTable.Row) async throws {
            var screens: [[String]] = []
            for prefix in ["env", "\(Workbench.binary) exec -e table --"] {
                try await Workbench.open { bench in
                    screens.append(try await screen(of: row, prefix: prefix, on: bench))
                }
            }
            #expect(screens[0] == screens[1])
        }

        @Test func pipesAndTerminalsCanBeAskedFor() async throws {
            try await Workbench.open { bench in
                let terminal = try await bench.shell()
                try await terminal.type("'\(Workbench.binary)' exec --no-pty -- sh -c 'test -t 1 || echo piped'\n")
                try await terminal.wait(until: "a pipe is found") { $0.rows.contains("piped") }
                let answer = try await bench.runwatch("exec", "--pty", "--", "sh", "-c", "test -t 1 && echo terminal")
                #expect(answer.output == "terminal\n")
            }
        }

        @Test(arguments: [(SIGTERM, "143"), (SIGHUP, "129"), (SIGSEGV, "139")])
        func theTerminalIsGivenBackHoweverItEnds(number: Int32, status: String) async throws {
            try await Workbench.open { bench in
                let terminal = try await bench.shell()
                try await terminal.type("ulimit -c 0; stty -a > before\n")
                try await terminal.type("'\(Workbench.binary)' exec -- sh -c 'echo ready; exec sleep 1000'\n")
                try await terminal.wait(until: "the command runs") { $0.rows.contains { $0.hasSuffix("ready") } }
                let supervisor = try #require(
                    bench.processes().first { $0.arguments.first == Workbench.binary && $0.arguments.contains("exec") })
                kill(supervisor.pid, number)
                try await terminal.wait(until: "the prompt is back") { screen in
                    screen.rows.last { !$0.isEmpty } == "prompt$"
                }
                try await terminal.type("echo status is $?; stty -a > after; echo asked\n")
                try await terminal.wait(for: "status is \(status)")
                try await terminal.wait(until: "the shell has asked") { $0.rows.contains("asked") }
                #expect(FileBytes.text(bench.directory + "/before") == FileBytes.text(bench.directory + "/after"))
            }
        }
    }
}
