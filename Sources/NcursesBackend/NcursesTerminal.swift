import CNcurses
import Glibc
package import TerminalUI

/// The terminal on standard input and output, through ncurses.
@MainActor
package final class NcursesTerminal: Terminal {
    /// Cells, as of the last `resize()`.
    package private(set) var size: Size
    /// What the terminal can show.
    package let traits: TerminalTraits
    /// Whether the other end has gone, or the terminal was given back.
    package private(set) var isClosed = false
    private let encoder: GlyphEncoder
    private var palette: ColorPalette
    private var decoder: KeyDecoder
    private let signaling: TerminalSignaling
    private var ownsTitle = false
    /// What the terminal shows; nil when everything must be sent.
    private var presented: Canvas?
    private var scalars = [UInt32](repeating: 0, count: 5)
    private var inputBytes = [UInt8](repeating: 0, count: 4096)

    /// How long a lone escape byte may be the start of a sequence, in milliseconds: long enough for ssh, too short to
    /// be felt.
    private static let escapeDelay: Int32 = 25

    /// Takes the terminal. Colours are left alone when `color` is false or NO_COLOR says so (https://no-color.org).
    ///
    /// - Parameter mouse: whether what is done with the mouse comes as keys.
    /// - Throws: what is missing, in a sentence.
    package init(color: Bool = true, mouse: Bool = false) throws(TerminalError) {
        let wantsColor = color && Self.environment("NO_COLOR").isEmpty
        let name = Self.environment("TERM")
        switch cn_open(wantsColor ? 1 : 0) {
        case Int32(CN_OPENED): break
        case Int32(CN_NO_INPUT_TERMINAL): throw .notATerminal("Standard input")
        case Int32(CN_NO_OUTPUT_TERMINAL): throw .notATerminal("Standard output")
        case Int32(CN_NO_SCREEN): throw .noScreen(name)
        default: throw .unknownTerminal(name)
        }
        cn_restore_on_crash("runwatch crashed. The terminal has been restored.\n")
        if mouse { cn_listen_to_mouse() }
        let unicode = cn_is_utf8() != 0
        palette = ColorPalette()
        encoder = GlyphEncoder(unicode: unicode)
        decoder = KeyDecoder(terminalKeys: TerminalKeys.described())
        signaling = TerminalSignaling(environment: Self.environment)
        traits = TerminalTraits(
            colors: palette.colors, unicode: unicode, name: name, hasClipboard: signaling.understandsCommands)
        size = Size(columns: Int(cn_columns()), rows: Int(cn_rows()))
    }

    private static func environment(_ name: String) -> String {
        getenv(name).map { String(cString: $0) } ?? ""
    }

    /// Sends the cells that differ from what the terminal shows.
    package func present(_ canvas: Canvas) {
        guard canvas != presented, !isClosed else { return }
        let known = presented?.size == canvas.size ? presented : nil
        for y in 0..<min(canvas.size.rows, size.rows) { send(row: y, of: canvas, known: known) }
        if let cursor = canvas.cursor, Rect(size).contains(x: cursor.x, y: cursor.y) {
            cn_show_cursor(Int32(cursor.y), Int32(cursor.x))
        } else {
            cn_hide_cursor()
        }
        cn_update()
        presented = canvas
    }

    /// Hands ncurses the span of a row that has changed.
    private func send(row y: Int, of canvas: Canvas, known: Canvas?) {
        var columns = 0..<min(canvas.size.columns, size.columns)
        if let known {
            guard let changed = canvas.changedColumns(row: y, since: known) else { return }
            columns = columns.clamped(to: changed)
        }
        for x in columns {
            let cell = canvas[x, y]
            if cell.isContinuation { continue }
            // Only a canvas wider than the terminal has half a wide glyph at its edge.
            let glyph = x + cell.width > size.columns ? Glyph.blank : cell.glyph
            let (attributes, pair) = palette.attributes(of: cell.style)
            let (count, repeats) = encoder.encode(glyph, into: &scalars)
            for offset in 0..<repeats { cn_put(Int32(y), Int32(x + offset), scalars, count, attributes, pair) }
        }
    }

    /// All keys typed since the last call; waits only for the rest of an escape sequence.
    package func readKeys() -> [Key] {
        var keys: [Key] = []
        while !isClosed {
            let count = cn_read(&inputBytes, Int32(inputBytes.count), decoder.isPending ? Self.escapeDelay : 0)
            if count > 0 {
                keys += decoder.decode(inputBytes.prefix(Int(count)), at: .now)
                continue
            }
            keys += decoder.flush()
            if count == Int32(CN_HUNG_UP) { isClosed = true }
            break
        }
        return keys
    }

    /// Sends what is no cell, at once.
    package func emit(_ signal: TerminalSignal) {
        guard !isClosed else { return }
        if case .title = signal, !ownsTitle, signaling.understandsCommands {
            // From now on whatever ends the program brings the old title back.
            let (saving, restoring) = (signaling.savingTitle, signaling.restoringTitle)
            cn_own_title(saving, Int32(saving.count), restoring, Int32(restoring.count))
            ownsTitle = true
        }
        let bytes = signaling.bytes(of: signal)
        cn_write(bytes, Int32(bytes.count))
    }

    /// Takes over the size that the kernel has for the terminal.
    package func resize() {
        cn_resize()
        size = Size(columns: Int(cn_columns()), rows: Int(cn_rows()))
        presented = nil
    }

    /// Has the next `present` send every cell.
    package func redraw() {
        cn_repaint()
        presented = nil
    }

    /// Gives the terminal back to the shell for a while.
    package func suspend() {
        cn_suspend()
    }

    /// Takes the terminal again, perhaps with another size.
    package func resume() {
        cn_resume()
        resize()
    }

    /// Restores the terminal as it was found.
    package func close() {
        cn_close()
        isClosed = true
    }
}
