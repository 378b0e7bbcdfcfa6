import TestSupport
import Testing

extension EndToEndTests {
    /// The mouse, by the bytes that a terminal sends of it.
    @Suite struct Mice {
        /// Of xterm's extended form, counting from 1.
        private static func event(_ button: Int, _ column: Int, _ row: Int) -> String {
            "\u{1b}[<\(button);\(column);\(row)M"
        }

        private static func start(_ bench: Workbench, _ options: String...) async throws -> TerminalSession {
            for name in ["apple", "banana", "carrot"] {
                try await bench.runwatch("exec", "-e", "fruit", "--name", name, "--", "true")
            }
            let terminal = try await TerminalSession.start(
                [Workbench.binary, "--interval", "0.2", "--sort", "name asc"] + options, on: bench, columns: 120,
                rows: 40,
                environment: [:])
            try await terminal.wait(for: "carrot")
            return terminal
        }

        @Test func `a click selects a row, sorts by a column and opens a page, and the wheel moves`() async throws {
            try await Workbench.open { bench in
                let terminal = try await Self.start(bench, "--mouse")
                #expect(try await terminal.fact("mouse_any_flag") == "1")
                #expect(try await terminal.fact("mouse_sgr_flag") == "1")
                let screen = try await terminal.screen()
                let row = try #require(screen.row(of: "banana")) + 1
                try await terminal.type(Self.event(0, 50, row) + "\u{1b}[<0;50;\(row)m")
                try await terminal.wait(for: "─ banana ─")
                try await terminal.type(Self.event(65, 50, row))
                try await terminal.wait(for: "─ carrot ─")
                try await terminal.type(Self.event(64, 50, row))
                try await terminal.wait(for: "─ apple ─")

                let heads = try #require(screen.row(of: "STATUS"))
                let head = try #require(Self.column(of: "RUN", in: screen.rows[heads]))
                try await terminal.type(Self.event(0, head + 1, heads + 1))
                try await terminal.wait(for: "Sorted by name, descending.")

                let tabs = try #require(screen.row(of: "4 Tags"))
                let tab = try #require(Self.column(of: "4 Tags", in: screen.rows[tabs]))
                try await terminal.type(Self.event(0, tab + 2, tabs + 1))
                try await terminal.wait(for: "▌apple")

                // No click answers a question, and junk is no key.
                try await terminal.press("f")
                try await terminal.wait(for: "why did apple fail?")
                try await terminal.press("Enter")
                try await terminal.wait(for: "y yes")
                for y in stride(from: 1, to: 40, by: 3) { try await terminal.type(Self.event(0, 60, y)) }
                try await terminal.wait(for: "y yes")
                try await terminal.press("n")
                try await terminal.press("q")
                #expect(try await terminal.ending() == 0)
                #expect(try await terminal.fact("mouse_any_flag") == "0")
            }
        }

        private static func column(of text: String, in row: String) -> Int? {
            row.firstRange(of: text).map { row.distance(from: row.startIndex, to: $0.lowerBound) }
        }

        @Test func `without the option the terminal keeps its mouse`() async throws {
            try await Workbench.open { bench in
                let terminal = try await Self.start(bench)
                #expect(try await terminal.fact("mouse_any_flag") == "0")
            }
        }

        @Test(arguments: ["SIGSEGV", "SIGTERM", "SIGTSTP"])
        func `whatever ends or stops it gives the mouse back`(signal: String) async throws {
            try await Workbench.open { bench in
                let terminal = try await Self.start(bench, "--mouse")
                let process = try #require(bench.dashboards().first)
                try await bench.call("kill", ["-s", String(signal.dropFirst(3)), "\(process.pid)"])
                _ = try await eventually("the mouse is the terminal's again") {
                    try await terminal.fact("mouse_any_flag") == "0" ? true : nil
                }
                guard signal == "SIGTSTP" else { return }
                try await bench.call("kill", ["-s", "CONT", "\(process.pid)"])
                _ = try await eventually("it is listened to again") {
                    try await terminal.fact("mouse_any_flag") == "1" ? true : nil
                }
            }
        }
    }
}
