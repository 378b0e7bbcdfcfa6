import Testing

/// A program in a real terminal: tmux, which also says what the terminal then shows.
struct TerminalSession: Sendable {
    /// The options of every tmux call: the bench's own server, no personal configuration, UTF-8.
    static let server = ["-L", "bench", "-f", "/dev/null", "-u"]

    static let endNote = "ended with status"

    /// Plenty for a loaded two-core machine; a passing test never waits for it.
    static let patience = Duration.seconds(60)

    let bench: Workbench

    static func start(
        _ command: [String], on bench: Workbench, columns: Int, rows: Int, environment changes: [String: String?]
    ) async throws -> TerminalSession {
        let terminal = TerminalSession(bench: bench)
        // A first window holds the server while its options are set.
        try await terminal.tmux(
            "new-session", "-d", "-s", "hold", "-x", "\(columns)", "-y", "\(rows)", "tail", "-f", "/dev/null")
        for (name, value) in [
            ("default-terminal", "tmux-256color"), ("escape-time", "0"), ("status", "off"), ("allow-rename", "on"),
        ] { try await terminal.tmux("set-option", "-g", name, value) }
        var words = ["env", "-u", "TMUX", "-u", "TMUX_PANE"]
        for (name, value) in changes.sorted(by: { $0.key < $1.key }) where value == nil { words += ["-u", name] }
        for (name, value) in changes.sorted(by: { $0.key < $1.key }) {
            if let value { words.append("\(name)=\(value)") }
        }
        // tmux forgets the status of a program that ends while it is busy; a shell doesn't.
        let wrapper = ["sh", "-c", "\"$@\"; echo \"\(endNote) $?\"; exec tail -f /dev/null", "sh"]
        try await terminal.tmux(
            ["new-session", "-d", "-s", "main", "-x", "\(columns)", "-y", "\(rows)"] + words + wrapper + command)
        try await terminal.tmux("kill-session", "-t", "hold")
        return terminal
    }

    @discardableResult
    func tmux(_ arguments: String...) async throws -> String { try await tmux(arguments) }

    @discardableResult
    func tmux(_ arguments: [String]) async throws -> String {
        let answer = try await bench.call("tmux", Self.server + arguments)
        guard answer.status == 0 else { throw BenchError("tmux \(arguments[0]): \(answer.errors)") }
        return answer.output
    }

    func screen() async throws -> Screen { Screen(try await tmux("capture-pane", "-p", "-t", "main")) }

    /// The screen with the sequences that colour it.
    func coloredScreen() async throws -> Screen { Screen(try await tmux("capture-pane", "-p", "-e", "-t", "main")) }

    /// What tmux knows of the pane, by the names of its formats: `alternate_on`, `cursor_flag`, `pane_pid`, …
    func fact(_ name: String) async throws -> String {
        let answer = try await tmux("display-message", "-p", "-t", "main", "#{\(name)}")
        return answer.split(separator: "\n").first.map(String.init) ?? ""
    }

    /// Waits until the screen is as wanted, and answers with it.
    @discardableResult
    func wait(
        until what: String, sourceLocation: SourceLocation = #_sourceLocation, _ isReached: (Screen) -> Bool
    ) async throws -> Screen {
        let clock = ContinuousClock()
        let deadline = clock.now + Self.patience
        var last = try await screen()
        while !isReached(last) {
            guard clock.now < deadline else {
                let comment = Comment(rawValue: "waited in vain until \(what); the screen:\n\(last.text)")
                try #require(Bool(false), comment, sourceLocation: sourceLocation)
                break
            }
            try await Task.sleep(for: .milliseconds(20))
            last = try await screen()
        }
        return last
    }

    /// Waits until one row contains all of `texts`.
    @discardableResult
    func wait(for texts: String..., sourceLocation: SourceLocation = #_sourceLocation) async throws -> Screen {
        try await wait(until: "a row has \(texts)", sourceLocation: sourceLocation) { screen in
            screen.rows.contains { row in texts.allSatisfy { row.contains($0) } }
        }
    }

    @discardableResult
    func wait(
        forAbsenceOf text: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Screen {
        try await wait(until: "“\(text)” is gone", sourceLocation: sourceLocation) { !$0.contains(text) }
    }

    /// Presses keys by tmux's names: `Enter`, `Escape`, `Down`, `C-c`, `c`.
    ///
    /// Wait for what escape does before pressing more: a key right after it is taken for alt and that key.
    func press(_ keys: String...) async throws { try await tmux(["send-keys", "-t", "main"] + keys) }

    /// Presses a key again and again until the screen is as wanted: prompts are deaf at first, on purpose.
    @discardableResult
    func press(
        _ key: String, until what: String, sourceLocation: SourceLocation = #_sourceLocation,
        _ isReached: (Screen) -> Bool
    ) async throws -> Screen {
        let clock = ContinuousClock()
        let deadline = clock.now + Self.patience
        while clock.now < deadline {
            try await press(key)
            try await Task.sleep(for: .milliseconds(100))
            let screen = try await screen()
            if isReached(screen) { return screen }
        }
        return try await wait(until: what, sourceLocation: sourceLocation, isReached)
    }

    /// Types text as it is.
    func type(_ text: String) async throws { try await tmux("send-keys", "-t", "main", "-l", "--", text) }

    /// Pastes text as a terminal does for a program that asked for brackets around what is pasted.
    func paste(_ text: String) async throws {
        try await tmux("set-buffer", "--", text)
        try await tmux("paste-buffer", "-p", "-r", "-t", "main")
    }

    func resize(columns: Int, rows: Int) async throws {
        try await tmux("resize-window", "-t", "main", "-x", "\(columns)", "-y", "\(rows)")
    }
}
