import Dispatch
import Glibc
import NcursesBackend
import TerminalUI

/// A program for the tests of the ncurses back end: shows one known screen and obeys single keys.
///
/// `q` quits, `!` traps, `o` and `O` overflow the stack of a thread of Swift's pool and of Dispatch, `z` suspends and stops, `=` presents the same screen again and `b` rings the bell. Every key is
/// shown in the last row but one, the count of presents in the last.
@main
@MainActor
struct TerminalProbe {
    let terminal: NcursesTerminal
    var presents = 0
    var lastKeys = ""

    static func main() {
        do throws(TerminalError) {
            var probe = TerminalProbe(terminal: try NcursesTerminal())
            probe.run()
            probe.terminal.close()
        } catch {
            let text = Array("\(error)\n".utf8)
            _ = write(STDERR_FILENO, text, text.count)
            exit(2)
        }
    }

    mutating func run() {
        present()
        while !terminal.isClosed {
            var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            // Asked for rather than signalled: a SIGWINCH just before poll would go unheard.
            if poll(&input, 1, 20) <= 0 {
                if hasOtherSize {
                    terminal.resize()
                    present()
                }
                continue
            }
            for key in terminal.readKeys() {
                guard obey(key) else { return }
            }
        }
    }

    private var hasOtherSize: Bool {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 else { return false }
        return Int(size.ws_col) != terminal.size.columns || Int(size.ws_row) != terminal.size.rows
    }

    private mutating func obey(_ key: Key) -> Bool {
        switch key {
        case .character("q"): return false
        case .character("!"): trap()
        case .character("o"): Task.detached { Self.overflow(0) }
        case .character("O"): DispatchQueue.global().async { Self.overflow(0) }
        case .character("="): terminal.present(canvas())
        case .character("b"): ring()
        case .character("z"):
            terminal.suspend()
            raise(SIGSTOP)
            terminal.resume()
            present()
        default:
            lastKeys = "\(key)"
            present()
        }
        return true
    }

    /// A byte that no screen is made of, sent behind everything that was presented.
    private func ring() {
        var bell: UInt8 = 7
        _ = write(STDOUT_FILENO, &bell, 1)
    }

    private func trap() {
        let empty: [Int] = []
        lastKey(of: empty)
    }

    /// An array access out of bounds, the usual way for a Swift program to die.
    @inline(never)
    private func lastKey(of values: [Int]) {
        print(values[presents])
    }

    /// Calls itself until the stack is used up.
    @inline(never)
    private nonisolated static func overflow(_ depth: Int) {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 512) { buffer in
            buffer.initialize(repeating: depth)
            overflow(buffer[depth & 511] + 1)
            // Used afterwards, so that the call is no jump.
            write(-1, buffer.baseAddress, 1)
        }
    }

    private mutating func present() {
        presents += 1
        terminal.present(canvas())
    }

    private func canvas() -> Canvas {
        let traits = terminal.traits
        var canvas = Canvas(size: terminal.size, glyphs: traits.glyphs)
        canvas.put("\(terminal.size.columns)x\(terminal.size.rows) colors=\(traits.colors) \(traits.name)", x: 0, y: 0)
        canvas.put("wide 漢字 combining e\u{301} emoji 🚀|", x: 0, y: 1, style: .plain.foreground(.red))
        canvas.put("escape \u{1B}[31m bidi \u{202E}|", x: 0, y: 2, style: .plain.bold())
        canvas.put("bright", x: 0, y: 3, style: Style(foreground: .brightGreen, background: .blue))
        canvas.put("reverse", x: 10, y: 3, style: .plain.reversed())
        canvas.put("\(traits.glyphs.horizontal)\(traits.glyphs.vertical) too long a text", x: 0, y: 4, maxWidth: 10)
        canvas.put(lastKeys, x: 0, y: terminal.size.rows - 2)
        canvas.put("presents=\(presents)", x: 0, y: terminal.size.rows - 1)
        canvas.put("X", x: terminal.size.columns - 1, y: terminal.size.rows - 1)
        return canvas
    }
}
