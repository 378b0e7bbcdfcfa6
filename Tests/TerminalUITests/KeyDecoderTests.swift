import TerminalUI
import Testing

@Suite struct KeyDecoderTests {
    /// Where time does not matter, all bytes arrive at once.
    private let start = ContinuousClock.now

    /// The keys of text that arrives at once and is followed by nothing.
    private func keys(_ text: String, terminalKeys: [[UInt8]: Key] = [:]) -> [Key] {
        var decoder = KeyDecoder(terminalKeys: terminalKeys)
        return decoder.decode(text.utf8, at: start) + decoder.flush()
    }

    @Test(
        arguments: [
            ("a Z", [.character("a"), .character(" "), .character("Z")]), ("\r\n", [.enter, .enter]), ("\t", [.tab]),
            ("\u{7F}\u{8}", [.backspace, .backspace]), ("\u{3}", [.control("c")]), ("\u{0}", [.control(" ")]),
            ("\u{1C}\u{1F}", [.control("\\"), .control("_")]), ("é漢", [.character("é"), .character("漢")]),
            ("e\u{301}", [.character("e"), .character("\u{301}")]), ("🇩🇪", [.character("🇩🇪")]),
        ] as [(String, [Key])])
    func charactersAndControls(_ text: String, _ expected: [Key]) {
        #expect(keys(text) == expected)
    }

    @Test(
        arguments: [
            ("[A", .up), ("OB", .down), ("[C", .right), ("OD", .left), ("[H", .home), ("OF", .end), ("[1~", .home),
            ("[4~", .end), ("[7~", .home), ("[8~", .end), ("[2~", .insert), ("[3~", .delete), ("[5~", .pageUp),
            ("[6~", .pageDown), ("[Z", .backTab), ("OP", .function(1)), ("[[A", .function(1)), ("[11~", .function(1)),
            ("[15~", .function(5)), ("[17~", .function(6)), ("[21~", .function(10)), ("[23~", .function(11)),
            ("[24~", .function(12)), ("[1;2A", .shiftUp), ("[1;2B", .shiftDown), ("[1;2C", .shiftRight),
            ("[1;2D", .shiftLeft), ("[a", .shiftUp), ("[1;5C", .right), ("[1;6A", .shiftUp), ("OM", .enter),
            ("[I", .focusIn), ("[O", .focusOut), ("f", .alt("f")), ("\u{7F}", .alt("\u{7F}")),
        ] as [(String, Key)])
    func sequences(_ text: String, _ key: Key) {
        #expect(keys("\u{1B}" + text) == [key])
        #expect(keys("\u{1B}" + text + "x") == [key, .character("x")])
    }

    @Test func everySequenceMayArriveByteByByte() {
        for text in ["\u{1B}[1;2A", "\u{1B}OP", "漢", "\u{1B}[200~a\u{1B}[Ab\u{1B}[201~", "🚀"] {
            var decoder = KeyDecoder()
            var keys: [Key] = []
            for byte in text.utf8 { keys += decoder.decode([byte], at: start) }
            #expect(keys == self.keys(text))
            #expect(keys.count == 1)
            #expect(!decoder.isPending)
        }
    }

    @Test(
        arguments: [
            ("[<0;1;1M", Mouse(.click, x: 0, y: 0)), ("[<0;300;200M", Mouse(.click, x: 299, y: 199)),
            ("[<64;5;6M", Mouse(.wheelUp, x: 4, y: 5)), ("[<65;5;6M", Mouse(.wheelDown, x: 4, y: 5)),
            ("[M !\"", Mouse(.click, x: 0, y: 1)), ("[M`\"#", Mouse(.wheelUp, x: 1, y: 2)),
        ] as [(String, Mouse)])
    func theMouseInBothForms(_ text: String, _ mouse: Mouse) {
        #expect(keys("\u{1B}" + text) == [.mouse(mouse)])
        #expect(keys("\u{1B}" + text + "x") == [.mouse(mouse), .character("x")])
        var decoder = KeyDecoder()
        var byByte: [Key] = []
        for byte in "\u{1B}\(text)".utf8 { byByte += decoder.decode([byte], at: start) }
        #expect(byByte == [.mouse(mouse)])
    }

    @Test func aLoneEscapeWaits() {
        var decoder = KeyDecoder()
        #expect(decoder.decode([0x1B], at: start).isEmpty)
        #expect(decoder.isPending)
        #expect(decoder.flush() == [.escape])
        #expect(!decoder.isPending)
        #expect(decoder.decode([0x1B, 0x1B], at: start) == [.escape])
        #expect(decoder.flush() == [.escape])
    }

    @Test(arguments: [
        "[99~", "[38;5;1m", "[?1;2c", "[>0;276;0c", "[M", "[12;40R", "[<0;1;1m", "[<2;1;1M", "[<32;1;1M", "[<0;0;1M",
        "[<0;1M",
        "[<99999999999999999999;1;1M", "[M#!!", "Ox", "[[Z", "[1;2", "[3$",
    ])
    func unknownSequencesAreSwallowed(_ text: String) {
        let answer = keys("\u{1B}" + text)
        #expect(answer.isEmpty || answer == [.function(3)], "cursor reports look like F3 to xterm as well")
    }

    @Test func aBrokenOffSequenceLeavesTheNextKeyAlone() {
        #expect(keys("\u{1B}[1;\u{1B}[Aq") == [.up, .character("q")])
    }

    @Test func aPasteIsOneKeyWhateverIsInIt() {
        #expect(
            keys("x\u{1B}[200~cy\r\u{1B}[A漢\u{1B}[201~y") == [
                .character("x"), .paste("cy\r\u{1B}[A漢"), .character("y"),
            ])
    }

    @Test func aPasteWithoutAnEndWaitsAndIsBounded() {
        var decoder = KeyDecoder()
        #expect(decoder.decode("\u{1B}[200~".utf8, at: start).isEmpty)
        for _ in 0..<40 { #expect(decoder.decode([UInt8](repeating: 0x61, count: 1 << 16), at: start).isEmpty) }
        let keys = decoder.decode("\u{1B}[201~".utf8, at: start)
        #expect(keys == [.paste(String(repeating: "a", count: 1 << 20))])
    }

    @Test func aKeyAfterAPauseEndsAPasteWhoseEndWasLost() {
        var decoder = KeyDecoder()
        #expect(decoder.decode("\u{1B}[200~abc".utf8, at: start).isEmpty)
        // Typed on within the pause, it may still be the paste.
        #expect(decoder.decode("d".utf8, at: start + .milliseconds(900)).isEmpty)
        #expect(decoder.decode([0x03], at: start + .seconds(2)) == [.paste("abcd"), .control("c")])
        #expect(decoder.decode("q\u{1B}[A".utf8, at: start + .seconds(2)) == [.character("q"), .up])
    }

    @Test func aPasteThatIsHeldUpGoesOn() {
        var decoder = KeyDecoder()
        #expect(decoder.decode("\u{1B}[200~abc".utf8, at: start).isEmpty)
        let rest = String(repeating: "q", count: 17)
        #expect(decoder.decode(rest.utf8, at: start + .seconds(5)).isEmpty)
        #expect(decoder.decode("\u{1B}[20".utf8, at: start + .seconds(10)).isEmpty)
        #expect(decoder.decode("1~".utf8, at: start + .seconds(15)) == [.paste("abc" + rest)])
        #expect(decoder.decode("q".utf8, at: start + .seconds(30)) == [.character("q")])
    }

    @Test func bytesThatAreNotUTF8AreDropped() {
        var decoder = KeyDecoder()
        #expect(decoder.decode([0xFF, 0x61, 0xC3, 0x62], at: start) == [.character("a"), .character("b")])
        #expect(decoder.decode([0xC3], at: start).isEmpty)
        #expect(decoder.flush().isEmpty)
    }

    @Test func theTerminalsOwnDescriptionWins() {
        let own: [[UInt8]: Key] = [Array("\u{1B}[9~".utf8): .home, Array("\u{1B}P".utf8): .function(1)]
        #expect(keys("\u{1B}[9~\u{1B}P", terminalKeys: own) == [.home, .function(1)])
    }
}
