import RunModel
import RunReports
import Testing

@Suite struct LogLineTests {
    @Test(arguments: [
        ("plain", "plain"), ("a\tb", "a\tb"), ("10%\r50%\r100%", "100%"), ("dos\r", "dos"),
        ("\u{1B}[1;31mred\u{1B}[0m", "red"), ("\u{1B}]0;owned\u{7}x", "x"), ("\u{1B}]8;;http://x\u{1B}\\link", "link"),
        ("\u{202E}x\u{7}", "?x?"), ("\u{1B}", ""), ("\u{1B}[", ""), ("日本", "日本"),
    ])
    func isHarmlessOnATerminal(_ line: String, _ shown: String) {
        #expect(LogLine.shown(Array(line.utf8)[...]) == shown)
    }

    @Test func showsWhatIsNoText() { #expect(LogLine.shown([0xFF, 0x41][...]) == "\u{FFFD}A") }

    @Test(
        arguments: [
            ("2023-11-14T22:13:20Z x", 1_700_000_000_000), ("2023-11-14 22:13:20.5+00:00", 1_700_000_000_500),
            ("[2023-11-14 23:13:20,531 +01:00]", nil), ("[2023-11-14 23:13:20,531+0100] INFO", 1_700_000_000_531),
            ("2023/11/14 22:13:20Z", 1_700_000_000_000), ("2023-13-14T22:13:20Z", nil), ("epoch 3", nil), ("", nil),
            ("2023-11-14", nil),
        ] as [(String, Int64?)])
    func readsTimes(_ line: String, _ milliseconds: Int64?) {
        let time = LogLine.time(of: Array(line.utf8)[...])
        // A blank before an offset means local time, which depends on where this runs.
        if line.contains(" +") { #expect(time != nil) } else { #expect(time?.milliseconds == milliseconds) }
    }
}
