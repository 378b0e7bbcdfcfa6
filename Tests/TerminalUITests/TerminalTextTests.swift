import Testing

@testable import TerminalUI

/// What untrusted text becomes, and how many cells it takes.
@Suite struct TerminalTextTests {
    @Test(arguments: [
        ("", "", 0), ("loss 0.3", "loss 0.3", 8), ("Zürich", "Zürich", 6), ("漢字", "漢字", 4), ("한국", "한국", 4),
        ("ｆｕｌｌ", "ｆｕｌｌ", 8), ("e\u{301}", "e\u{301}", 1), ("🚀", "🚀", 2), ("✓●▂", "✓●▂", 3),
        ("\u{1112}\u{1161}\u{11AB}", "\u{1112}\u{1161}\u{11AB}", 2), ("न\u{94D}", "न\u{94D}", 1), ("कि", "कि", 2),
    ])
    func plainText(_ text: String, _ shown: String, _ width: Int) {
        #expect(TerminalText.sanitized(text) == shown)
        #expect(TerminalText.width(of: text) == width)
    }

    @Test(arguments: [
        ("\u{1B}[31mred", "␛[31mred"), ("a\tb\r\nc", "a␉b␍␊c"), ("\u{0}\u{7F}", "␀␡"), ("\u{9B}31m", "\u{FFFD}31m"),
        ("\u{85}", "\u{FFFD}"),
    ])
    func controlCharactersAreShown(_ text: String, _ shown: String) {
        #expect(TerminalText.sanitized(text) == shown)
    }

    @Test(arguments: [
        0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0x200E, 0x200F, 0x061C,  // bidi
        0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0x034F, 0x115F, 0x1160, 0x3164, 0xFFA0, 0x180E,  // invisible
        0xFE0F, 0xE0100, 0xE0041,  // selectors and tags with nothing to select
        0x2028, 0x2029,  // separators
        0xE000, 0xF8FF, 0xF0000, 0x10FFFD,  // private use
        0x0378, 0xFFFF, 0x1FFFE, 0xFFF9,  // unassigned, noncharacters, annotation
    ])
    func hiddenAndUnknownCharactersAreReplaced(_ value: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(value))
        let text = "a" + String(Character(scalar)) + "b"
        #expect(TerminalText.sanitized(text) == "a\u{FFFD}b")
        #expect(TerminalText.width(of: text) == 3)
    }

    @Test(arguments: [
        ("👩‍💻|", "👩|"), ("👨‍👩‍👧‍👦|", "👨|"), ("👍🏽|", "👍|"), ("⚠️|", "⚠|"), ("❤️‍🔥|", "❤|"), ("1️⃣|", "1|"), ("🇩🇪|", "DE|"),
        ("🏴󠁧󠁢󠁳󠁣󠁴󠁿|", "🏴|"), ("☑︎|", "☑|"), ("葛󠄀|", "葛|"),
    ])
    func sequencesThatTerminalsMeasureDifferentlyAreReduced(_ text: String, _ shown: String) {
        #expect(TerminalText.sanitized(text) == shown)
    }

    @Test func keepsFourCombiningMarks() {
        let marks = "\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}"
        #expect(
            Array(TerminalText.sanitized("a" + marks).unicodeScalars.map(\.value)) == [
                0x61, 0x300, 0x301, 0x302, 0x303,
            ])
        #expect(TerminalText.width(of: "a" + marks) == 1)
    }

    @Test func aMarkWithNothingToJoinIsReplaced() {
        #expect(TerminalText.sanitized("\u{301}a") == "\u{FFFD}a")
    }

    @Test func oddBlanksBecomeBlanks() {
        #expect(TerminalText.sanitized("a\u{A0}b\u{2003}c") == "a b c")
        #expect(TerminalText.width(of: "\u{3000}") == 2)
    }

    @Test func sanitizingTwiceChangesNothing() {
        let once = TerminalText.sanitized("a\u{1B}\u{202E}👩‍💻é漢\u{301}")
        #expect(TerminalText.sanitized(once) == once)
    }

    @Test(arguments: [
        ("abc", 5, "abc  "), ("abcdef", 4, "abc…"), ("漢字", 3, "漢…"), ("漢字", 2, "… "), ("漢字", 0, ""), ("", 2, "  "),
    ])
    func fits(_ text: String, _ width: Int, _ fitted: String) {
        #expect(TerminalText.fitted(text, to: width) == fitted)
    }

    @Test(arguments: [
        ("one two three", 8, ["one two", "three"]), ("one two", 7, ["one two"]), ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("", 5, [""]), ("a\nb\n\nc", 5, ["a", "b", "", "c"]), ("漢字漢字", 5, ["漢字", "漢字"]),
        ("abc defgh", 4, ["abc", "defg", "h"]),
        ("ab cd", 2, ["ab", "cd"]), ("漢", 1, [""]), ("x", 0, []),
    ])
    func wraps(_ text: String, _ width: Int, _ lines: [String]) {
        #expect(TerminalText.wrapped(text, width: width) == lines)
    }
}
