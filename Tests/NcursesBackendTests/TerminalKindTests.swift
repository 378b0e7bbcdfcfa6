import Testing

/// Terminals of all kinds, by their bytes.
@Suite struct TerminalKindTests {
    @Test(
        arguments: ["vt100", "linux", "xterm", "xterm-256color", "tmux-256color", "screen"], ["C", "C.UTF-8"])
    func runs(_ name: String, _ locale: String) throws {
        let terminal = try PseudoTerminal(environment: ["TERM=\(name)", "LC_ALL=\(locale)"])
        let shown = try terminal.output(until: "presents=1")
        #expect(shown.contains("80x10"))
        if locale == "C" {
            #expect(shown.utf8.allSatisfy { $0 < 0x80 })
            #expect(shown.contains("wide ???? combining e emoji ??|"))
            #expect(shown.contains("-| too lo~"))
        } else {
            #expect(shown.contains("wide 漢字 combining e\u{301} emoji 🚀|"))
        }
        #expect(!shown.contains("\u{202E}"))
        terminal.type("q")
        #expect(try terminal.end().status == 0)
        #expect(terminal.isOrdinary)
    }

    /// The numbers in the sequences that set colours and attributes.
    private func renditions(_ output: String) -> Set<Int> {
        var numbers: Set<Int> = []
        for part in output.split(separator: "\u{1B}[").dropFirst() {
            guard let end = part.firstIndex(where: { !$0.isNumber && $0 != ";" }), part[end] == "m" else { continue }
            for number in part[..<end].split(separator: ";") { numbers.insert(Int(number) ?? 0) }
        }
        return numbers
    }

    private let colors = Set(30...49).union(90...107)

    @Test func usesTheSixteenColors() throws {
        let terminal = try PseudoTerminal(environment: ["TERM=xterm-256color", "LC_ALL=C.UTF-8"])
        let shown = try terminal.output(until: "presents=1")
        #expect(shown.contains("colors=256"))
        #expect(renditions(shown).isSuperset(of: [31, 92, 44, 1, 7]))
        #expect(renditions(shown).isDisjoint(with: [38, 48]))
    }

    @Test func brightBecomesBoldWithEightColors() throws {
        let terminal = try PseudoTerminal(environment: ["TERM=linux", "LC_ALL=C.UTF-8"])
        let shown = try terminal.output(until: "presents=1")
        #expect(shown.contains("colors=8"))
        #expect(renditions(shown).isSuperset(of: [1, 32, 44]))
        #expect(renditions(shown).isDisjoint(with: 90...107))
    }

    @Test(arguments: [["TERM=xterm-256color", "NO_COLOR=1"], ["TERM=vt100"]])
    func sendsNoColorWhereNoneIsWanted(_ environment: [String]) throws {
        let terminal = try PseudoTerminal(environment: environment + ["LC_ALL=C.UTF-8"])
        var shown = try terminal.output(until: "presents=1")
        terminal.type("q")
        shown += try terminal.end().output
        #expect(shown.contains("colors=0"))
        #expect(renditions(shown).isDisjoint(with: colors))
    }

    @Test func anEmptyNO_COLORMeansNothing() throws {
        let terminal = try PseudoTerminal(environment: ["TERM=xterm-256color", "NO_COLOR="])
        #expect(try terminal.output(until: "presents=1").contains("colors=256"))
    }

    @Test(arguments: [
        (["TERM=no-such-terminal"], "TERM=no-such-terminal. Try TERM=xterm-256color."),
        (["TERM=\u{1B}[31m"], "TERM=␛[31m. Try TERM=xterm-256color."), ([], "TERM is not set"),
        (["TERM="], "TERM is not set"),
    ])
    func saysWhichTerminalIsUnknown(_ environment: [String], _ sentence: String) throws {
        let terminal = try PseudoTerminal(environment: environment)
        let (output, status) = try terminal.end()
        #expect(output.contains(sentence))
        #expect(status == 2 << 8)
        #expect(terminal.isOrdinary)
    }

    @Test(arguments: [("< /dev/null", "Standard input is not a terminal"), ("> /dev/null", "Standard output is not")])
    func saysWhenThereIsNoTerminal(_ redirection: String, _ sentence: String) throws {
        let terminal = try PseudoTerminal(
            environment: ["TERM=xterm"], command: "exec \"$PROBE\" \(redirection)")
        let (output, status) = try terminal.end()
        #expect(output.contains(sentence))
        #expect(status == 2 << 8)
    }
}
