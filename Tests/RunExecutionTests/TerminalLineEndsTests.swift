import Testing

@testable import RunExecution

@Suite struct TerminalLineEndsTests {
    /// Whatever a program writes comes back from what a terminal makes of it, however it is cut.
    @Test(arguments: ["a\nb\n", "\r\n", "\r\r\n\r", "progress 1\rprogress 2\rdone\n", "", "\r", "\n\n\n"])
    func areThoseOfTheProgram(_ text: String) {
        let shown = Array(text.utf8).flatMap { $0 == 10 ? [13, 10] : [$0] }
        for cut in 0...shown.count {
            var ends = TerminalLineEnds()
            let written = ends.written(Array(shown[..<cut])) + ends.written(Array(shown[cut...])) + (ends.rest ?? [])
            #expect(written == Array(text.utf8))
        }
    }
}
