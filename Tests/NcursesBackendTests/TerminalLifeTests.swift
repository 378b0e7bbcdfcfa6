import Glibc
import Testing

/// What the terminal is sent over a program's life, and in what state it is left.
@Suite struct TerminalLifeTests {
    private let environment = ["TERM=xterm-256color", "LC_ALL=C.UTF-8"]

    private func started(columns: UInt16 = 80, rows: UInt16 = 10) throws -> PseudoTerminal {
        let terminal = try PseudoTerminal(environment: environment, columns: columns, rows: rows)
        // The corner comes last: ncurses has to switch off wrapping for it.
        _ = try terminal.output { shown in
            shown.firstRange(of: "presents=1").map { shown[$0.upperBound...].contains("X") } ?? false
        }
        return terminal
    }

    /// Leave the alternate screen, show the cursor, end bracketed paste.
    private let restoring = ["\u{1B}[?1049l", "\u{1B}[?25h", "\u{1B}[?2004l"]

    @Test func theSameScreenSendsNothing() throws {
        let terminal = try started()
        terminal.type("===b")
        let sent = try terminal.output(until: "\u{7}")
        // Whatever the second present sends would come before the bell, behind the rest of the first.
        #expect(sent.split(separator: "X").last.map { $0.hasSuffix("\u{7}") && $0.utf8.count < 8 } == true)
    }

    @Test func oneChangedCellSendsFewBytes() throws {
        let terminal = try started()
        terminal.type("v")
        let changed = try terminal.output(until: "2")
        #expect(changed.utf8.count < 60, "\(changed.debugDescription)")
    }

    @Test func quittingRestoresTheTerminal() throws {
        let terminal = try started()
        #expect(!terminal.isOrdinary)
        terminal.type("q")
        let (output, status) = try terminal.end()
        #expect(status == 0)
        for sequence in restoring { #expect(output.contains(sequence)) }
        #expect(terminal.isOrdinary)
    }

    @Test func aTrapRestoresTheTerminalAndStillKills() throws {
        let terminal = try started()
        terminal.type("!")
        let (output, status) = try terminal.end()
        #expect([SIGILL, SIGTRAP].contains(status & 0x7F))
        for sequence in restoring { #expect(output.contains(sequence)) }
        #expect(output.contains("runwatch crashed."))
        #expect(terminal.isOrdinary)
    }

    @Test(arguments: ["o", "O"])
    func aStackOverflowOnAnyThreadRestoresTheTerminal(_ key: String) throws {
        let terminal = try started()
        terminal.type(key)
        let (output, status) = try terminal.end()
        #expect(status & 0x7F == SIGSEGV)
        for sequence in restoring { #expect(output.contains(sequence)) }
        #expect(output.contains("runwatch crashed."))
        #expect(terminal.isOrdinary)
    }

    @Test(arguments: [SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGQUIT])
    func aFatalSignalRestoresTheTerminal(_ signal: Int32) throws {
        let terminal = try started()
        kill(terminal.process, signal)
        let (output, status) = try terminal.end()
        #expect(status & 0x7F == signal)
        for sequence in restoring { #expect(output.contains(sequence)) }
        #expect(terminal.isOrdinary)
    }

    @Test func ncursesLeavesTheProgramsSignalsAlone() throws {
        let terminal = try started()
        #expect(try terminal.caughtSignals().isDisjoint(with: [SIGINT, SIGTERM, SIGTSTP, SIGHUP]))
    }

    @Test func suspendingLendsTheTerminalAndResumingRepaints() throws {
        let terminal = try started()
        terminal.type("z")
        try terminal.waitForStop()
        #expect(terminal.isOrdinary)
        kill(terminal.process, SIGCONT)
        let output = try terminal.output(until: "presents=2")
        for sequence in restoring { #expect(output.contains(sequence)) }
        #expect(output.contains("\u{1B}[?1049h"))
        #expect(output.contains("\u{1B}[?2004h"))
        #expect(output.contains("wide 漢字"))
        #expect(!terminal.isOrdinary)
        #expect(try terminal.caughtSignals().isDisjoint(with: [SIGINT, SIGTERM, SIGTSTP]))
    }

    @Test func followsItsSize() throws {
        let terminal = try started()
        terminal.resize(columns: 40, rows: 8)
        #expect(try terminal.output(until: "presents=2").contains("40x8"))
        terminal.resize(columns: 200, rows: 50)
        #expect(try terminal.output(until: "presents=3").contains("200x50"))
    }

    @Test(arguments: [(2, 1), (1, 5), (3, 2)] as [(UInt16, UInt16)])
    func survivesTinySizes(_ columns: UInt16, _ rows: UInt16) throws {
        let terminal = try PseudoTerminal(environment: environment, columns: columns, rows: rows)
        _ = try terminal.output(until: "X")
        terminal.resize(columns: 30, rows: 8)
        _ = try terminal.output(until: "30x8")
        terminal.resize(columns: columns, rows: rows)
        _ = try terminal.output(until: "X")
        terminal.type("q")
        #expect(try terminal.end().status == 0)
    }

    @Test func endsWhenTheTerminalGoesEvenWithHangUpIgnored() throws {
        let terminal = try PseudoTerminal(environment: environment, command: "trap '' HUP; exec \"$PROBE\"")
        _ = try terminal.output(until: "presents=1")
        terminal.closeTerminal()
        #expect(try terminal.waitForEnd() == 0)
    }

    @Test(arguments: [
        ("\u{1B}[1;2A", "shiftUp"), ("\u{1B}OA", "up"), ("\u{1B}[15~", "function(5)"), ("\u{1B}", "escape"),
        ("\u{1B}f", "alt(\"f\")"), ("\u{7F}", "backspace"), ("\u{1B}[200~q!\u{1B}[201~", "paste(\"q!\")"),
        ("é", "character(\"é\")"), ("\u{12}", "control(\"r\")"), ("\r", "enter"), ("\u{1B}[Z", "backTab"),
    ])
    func readsKeys(_ bytes: String, _ key: String) throws {
        let terminal = try started()
        terminal.type(bytes)
        #expect(try terminal.output(until: "2").contains(key))
    }
}
