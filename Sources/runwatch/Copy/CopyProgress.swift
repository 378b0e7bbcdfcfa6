import Glibc
import RunServices

/// A bar on a terminal; nothing elsewhere.
final class CopyProgress {
    private let total: Int
    private let isOnTerminal = isatty(STDERR_FILENO) == 1
    private var lastShown: ContinuousClock.Instant?
    private static let width = 24

    init(total: Int) { self.total = total }

    /// `done` runs are copied, and this one comes next.
    func show(_ done: Int, _ name: String) {
        let now = ContinuousClock.now
        if !isOnTerminal || total == 0 { return }
        if let lastShown, now - lastShown < .milliseconds(100) { return }
        lastShown = now
        let filled = min(Self.width, done * Self.width / total)
        let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: Self.width - filled)
        let columns = max(0, (ScreenWidth.current ?? 80) - Self.width - 30)
        put("\r[\(bar)] \(done) of \(total)  \(Shown.text(name).prefix(columns))\u{1B}[K")
    }

    /// Takes the bar away.
    func end() { if lastShown != nil { put("\r\u{1B}[K") } }

    private func put(_ text: String) { _ = text.withCString { write(STDERR_FILENO, $0, strlen($0)) } }
}
