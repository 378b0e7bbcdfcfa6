/// What shows canvases and reads keys. ncurses is the real one; tests bring their own.
///
/// Confined to the main actor because ncurses is not thread-safe.
@MainActor
package protocol Terminal: AnyObject {
    /// Cells, as of the last `resize()`.
    var size: Size { get }

    var traits: TerminalTraits { get }

    /// Whether the other end has gone (hang-up, end of input); the program should quit.
    var isClosed: Bool { get }

    /// Shows a canvas and sends only what changed since the last one; nothing at all when it is the same.
    func present(_ canvas: Canvas)

    /// Sends what is no cell, at once; nothing where the terminal would not understand it.
    func emit(_ signal: TerminalSignal)

    /// All keys typed since the last call; never waits for more.
    func readKeys() -> [Key]

    /// Takes over the terminal's present size, after SIGWINCH. The next `present` repaints everything.
    func resize()

    /// Repaints everything, in case another program has written on the screen.
    func redraw()

    /// Gives the terminal back to the shell, before the process stops or starts an editor.
    func suspend()

    /// Takes the terminal again; the next `present` repaints everything.
    func resume()

    /// Restores the terminal as it was found. Further calls do nothing.
    func close()
}
