import Testing

extension EndToEndTests {
    /// Any size, and any way there.
    @Suite struct Sizes {
        @Test func survivesEverySizeDownToOneCellAndBack() async throws {
            try await Workbench.open { bench in
                try await bench.startRun("sized", "sleep 7636")
                let terminal = try await bench.terminal("--interval", "0.2")
                try await terminal.wait(for: "● Running", "sized")
                for (columns, rows) in [(80, 24), (60, 16), (40, 8), (39, 7), (10, 2), (2, 1), (1, 1)] {
                    try await terminal.resize(columns: columns, rows: rows)
                    try await terminal.wait(until: "it fits \(columns)x\(rows)") { screen in
                        columns >= 40 && rows >= 8
                            ? screen.row(with: "Running", "sized") != nil
                            : screen.rows.first == String("runwatch needs 40x8 cells".prefix(columns)).trimmed
                    }
                }
                #expect(bench.dashboards().count == 1)
                try await terminal.resize(columns: 120, rows: 40)
                let screen = try await terminal.wait(for: "● Running", "sized")
                #expect(screen.rows.count == 40)
                try await terminal.wait(for: "c cancel", "q quit")
            }
        }

        @Test func keepsTheSelectionInSightWhereLittleRoomIs() async throws {
            try await Workbench.open { bench in
                for number in 1...12 { try await bench.runwatch("exec", "--name", "run \(number).", "--", "true") }
                let terminal = try await bench.terminal("--interval", "0.2")
                try await terminal.wait(for: "run 1.")
                try await terminal.press("G")
                try await terminal.wait(for: "12 of 12")
                try await terminal.resize(columns: 60, rows: 12)
                try await terminal.wait(until: "the last run is still shown") { screen in
                    screen.contains("run 1.") && !screen.contains("run 12.")
                }
            }
        }

        @Test func dialogsFitSmallScreens() async throws {
            try await Workbench.open { bench in
                try await bench.startRun("small", "sleep 7635")
                let terminal = try await bench.terminal("--interval", "0.2", columns: 40, rows: 8)
                try await terminal.wait(for: "Running", "small")
                try await terminal.press("c")
                try await terminal.wait(for: "y yes", "n no")
                try await terminal.press("n")
                try await terminal.wait(forAbsenceOf: "y yes")
                try await terminal.press("t")
                try await terminal.wait(for: "Tags of")
                try await terminal.press("Escape")
                try await terminal.wait(forAbsenceOf: "Tags of")
                try await terminal.press("?")
                try await terminal.wait(for: "Moving")
                try await terminal.wait(for: "esc close")
            }
        }
    }
}

extension String {
    /// Without the blanks at its end, as a screen has it.
    fileprivate var trimmed: String { String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)]) }
}
