import TerminalUI

/// A terminal without a screen: counts what is presented, and types what it is told.
@MainActor
final class FakeTerminal: Terminal {
    var size = Size(columns: 100, rows: 30)
    let traits = TerminalTraits(colors: 16, unicode: true, name: "fake", hasClipboard: true)
    var isClosed = false
    var typed: [Key] = []
    private(set) var frames = 0
    private(set) var signals: [TerminalSignal] = []
    private(set) var redraws = 0
    private(set) var closings = 0
    private(set) var shown = ""
    /// Whether it is given back for a while.
    private(set) var isLent = false
    private(set) var loans = 0

    func present(_ canvas: Canvas) {
        frames += 1
        shown = canvas.textRows.joined(separator: "\n")
    }

    func readKeys() -> [Key] {
        defer { typed = [] }
        return typed
    }

    func emit(_ signal: TerminalSignal) { signals.append(signal) }
    func resize() {}
    func redraw() { redraws += 1 }
    func suspend() {
        isLent = true
        loans += 1
    }
    func resume() { isLent = false }
    func close() { closings += 1 }
}
