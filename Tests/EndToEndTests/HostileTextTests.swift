import Testing

extension EndToEndTests {
    /// Names, tags and logs that come from others move nothing but themselves.
    @Suite struct HostileText {
        static let texts = [
            "\u{1B}[31mred\u{1B}[2J\u{1B}]0;pwned\u{7} bell", "tab\tnew\nline\rback\u{8}\u{8}",
            "\u{202E}evil \u{2066}isolated\u{200F}\u{061C}", "漢字かなカナ한글漢字かなカナ한글漢字かなカナ한글漢字かなカナ한글",
            "👩‍👩‍👧‍👦 👨🏽‍🚀 🏳️‍🌈 🇩🇪 ❤️ ☎️ 1️⃣", "e\u{301}\u{323}\u{302}a\u{308}\u{301}\u{327} Z\u{335}\u{321}\u{322}algo",
            "\u{9B}31mC1 \u{90}q\u{9C} \u{85}", "zero\u{200B}width\u{FEFF}\u{AD}\u{2028}\u{2029} \u{E0041}\u{FFF9}",
            "﷽﷽ \u{1F1E6} \u{FE0F}\u{20E3} ｆｕｌｌ\u{3000}width",
        ]

        @Test(arguments: texts)
        func keepsTheLayoutAndTheTerminal(text: String) async throws {
            try await Workbench.open { bench in
                try await bench.startRun("name", "sleep 7640", options: ["--tag", "key=value"])
                // Other services let through what ours refuses.
                try await bench.change("UPDATE runs SET name = ?", [text])
                try await bench.change("UPDATE experiments SET name = ?", [text])
                try await bench.change("UPDATE tags SET key = ?, value = ?", [text, text])
                let terminal = try await bench.terminal("--interval", "0.2", columns: 110)
                try await terminal.wait(for: "● Running")
                let title = try await terminal.fact("pane_title")
                try await expectStraight("│", in: terminal, rows: 2..<20)
                try await terminal.press("4")
                try await terminal.wait(for: "t edits")
                try await terminal.press("t")
                try await terminal.wait(for: "esc close")
                try await expectStraight("│", in: terminal, rows: 0..<40, last: true)
                try await terminal.press("Escape")
                try await terminal.wait(forAbsenceOf: "esc close")
                try await terminal.press("c")
                try await terminal.wait(for: "y yes", "n no")
                try await expectStraight("│", in: terminal, rows: 0..<40, last: true)
                #expect(try await terminal.fact("pane_title") == title)
                #expect(try await terminal.fact("alternate_on") == "1")
                #expect(try await terminal.fact("window_bell_flag") == "0")
            }
        }

        @Test func logsAreTextAndNothingElse() async throws {
            try await Workbench.open { bench in
                let lines = Self.texts.map { $0.filter { $0 != "\n" } }.joined(separator: "\n")
                try FileBytes.write(lines + "\nlast line\n", to: bench.directory + "/log")
                try await bench.startRun("talker", "cat log; printf '\\377\\376\\300 broken\\n'; sleep 7639")
                let terminal = try await bench.terminal("--interval", "0.2", columns: 110)
                try await terminal.wait(for: "● Running", "talker")
                let title = try await terminal.fact("pane_title")
                try await terminal.press("3")
                try await terminal.wait(for: "last line")
                let screen = try await terminal.wait(for: "broken")
                #expect(screen.row(with: "runwatch", "1 active") != nil)
                #expect(screen.rows.last?.contains("q quit") == true)
                #expect(try await terminal.fact("pane_title") == title)
                try await expectStraight("│", in: terminal, rows: 2..<20)
            }
        }

        /// Every row of `rows` that has the vertical line has it in one column, as the terminal counts columns.
        private func expectStraight(
            _ line: Character, in terminal: TerminalSession, rows: Range<Int>, last: Bool = false,
            sourceLocation: SourceLocation = #_sourceLocation
        ) async throws {
            let screen = try await terminal.screen()
            var columns: Set<Int> = []
            for row in screen.rows.prefix(rows.upperBound).dropFirst(rows.lowerBound) {
                let position = last ? row.lastIndex(of: line) : row.firstIndex(of: line)
                guard let position else { continue }
                // In dialogs, rows beside them end in the pane's line.
                if last, row.count(where: { $0 == line }) < 2 { continue }
                columns.insert(try await terminal.width(of: String(row[..<position])))
            }
            #expect(
                columns.count == 1, "columns \(columns.sorted()) in\n\(screen.text)", sourceLocation: sourceLocation)
        }
    }
}
