import Testing

extension EndToEndTests {
    /// Terminals, locales and colour settings.
    @Suite struct TerminalKinds {
        @Test(arguments: ["vt100", "linux", "screen", "screen-256color", "xterm", "xterm-256color", "tmux-256color"])
        func paintsOn(kind: String) async throws {
            try await Workbench.open { bench in
                try await bench.runwatch("exec", "--name", "someone", "--", "true")
                let terminal = try await bench.terminal("--interval", "0.2", environment: ["TERM": kind])
                let screen = try await terminal.wait(for: "✓ Completed", "someone")
                #expect(screen.rows.first?.hasPrefix(" runwatch  local ~/data/runwatch") == true)
                #expect(screen.rows.last?.contains("q quit") == true)
                try await terminal.press("?")
                try await terminal.wait(for: "Moving", "The selected run")
                try await terminal.press("q")
                try await terminal.wait(forAbsenceOf: "The selected run")
                try await terminal.press("Down", "q")
                #expect(try await terminal.ending() == 0)
            }
        }

        @Test(arguments: [(nil, "TERM is not set"), ("dumb", "TERM=dumb"), ("nonesuch", "TERM=nonesuch")])
        func refusesWhatItCannotPaintOn(kind: String?, sentence: String) async throws {
            try await Workbench.open { bench in
                let terminal = try await bench.terminal(environment: ["TERM": kind])
                #expect(try await terminal.ending() == 1)
                let screen = try await terminal.screen()
                #expect(screen.rows.first?.hasPrefix("Error: ") == true)
                #expect(screen.contains(sentence))
                #expect(screen.contains("TERM=xterm-256color"))
            }
        }

        @Test func refusesWhatIsNoTerminal() async throws {
            try await Workbench.open { bench in
                let answer = try await bench.runwatch()
                #expect(answer.status == 1)
                #expect(answer.output == "")
                #expect(answer.errors.hasPrefix("Error: Standard input is not a terminal"))
            }
        }

        @Test func sendsOnlyASCIIWithoutAUTF8Locale() async throws {
            try await Workbench.open { bench in
                try await bench.startRun(
                    "наблюдение 漢字 é", "echo 'журнал 漢字'", options: ["--tag", "日本=語", "-e", "実験"])
                let bytes = try await record(bench, environment: ["LC_ALL": "C"]) { terminal in
                    try await terminal.wait(for: "+ Completed", "?")
                    try await terminal.press("3")
                    try await terminal.wait(for: "3 Logs")
                    try await terminal.press("t")
                    try await terminal.wait(for: "Tags of")
                    try await terminal.press("Escape")
                    try await terminal.wait(forAbsenceOf: "Tags of")
                    try await terminal.press("?")
                    try await terminal.wait(for: "Moving")
                }
                #expect(bytes.allSatisfy { $0 < 128 })
            }
        }

        @Test func asciiFlagDrawsWithASCIIOnly() async throws {
            try await Workbench.open { bench in
                try await bench.startRun("plain", "exit 1")
                let terminal = try await bench.terminal("--ascii", "--interval", "0.2")
                let screen = try await terminal.wait(for: "Failed", "plain")
                #expect(screen.text.allSatisfy { $0.isASCII })
            }
        }

        @Test(arguments: [["NO_COLOR": "1"], [:]])
        func colorsUnlessToldNotTo(environment: [String: String]) async throws {
            try await Workbench.open { bench in
                try await bench.startRun("colourful", "exit 1")
                let bytes = try await record(bench, environment: environment) { terminal in
                    try await terminal.wait(for: "✗ Failed", "colourful")
                }
                let isColored = SGR.parameters(in: bytes).contains { (30...37).contains($0) || (90...97).contains($0) }
                #expect(isColored == environment.isEmpty)
                // The selection is reverse video either way.
                #expect(SGR.parameters(in: bytes).contains(7))
            }
        }

        /// The bytes from the dashboard's first one on.
        private func record(
            _ bench: Workbench, environment: [String: String], _ use: (TerminalSession) async throws -> Void
        ) async throws -> [UInt8] {
            // A shell waits for a line, so that the recording is on before the dashboard starts.
            let terminal = try await TerminalSession.start(
                ["sh", "-c", "read line; exec '\(Workbench.binary)' --interval 0.2"], on: bench, columns: 120, rows: 40,
                environment: environment.mapValues { $0 })
            let path = try await terminal.recordBytes()
            try await terminal.press("Enter")
            try await use(terminal)
            try await terminal.press("q")
            try await terminal.press("q")
            _ = try await terminal.ending()
            return try #require(FileBytes.read(path))
        }
    }
}

/// The sequences that set colours and attributes.
enum SGR {
    /// All their parameters, in the order they were sent.
    static func parameters(in bytes: [UInt8]) -> [Int] {
        String(decoding: bytes, as: UTF8.self).matches(of: /\u{1B}\[([0-9;]*)m/).flatMap { match in
            match.output.1.split(separator: ";").compactMap { Int($0) }
        }
    }
}
