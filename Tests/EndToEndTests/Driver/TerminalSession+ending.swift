import TestSupport
import Testing

extension TerminalSession {
    /// How the pane's program ended.
    struct Ending: Equatable, Sendable {
        /// Empty after a signal.
        var status = ""
        /// Empty after an exit.
        var signal = ""
    }

    /// Waits for the end of the pane's program.
    func ending() async throws -> Ending {
        try await eventually("the program in the terminal ends") {
            // The status comes a moment after the end.
            let ending = Ending(status: try await fact("pane_dead_status"), signal: try await fact("pane_dead_signal"))
            return ending == Ending() ? nil : ending
        }
    }

    /// The screen with what has scrolled off its top, as tmux's note of the end lets one row do.
    func transcript() async throws -> Screen { Screen(try await tmux("capture-pane", "-p", "-S", "-", "-t", "main")) }

    /// Has every byte that the program writes from now on kept in a file; answers with the file's path.
    func recordBytes() async throws -> String {
        let path = bench.directory + "/bytes"
        try FileBytes.write("", to: path)
        try await tmux("pipe-pane", "-O", "-t", "main", "cat >> '\(path)'")
        return path
    }

    /// How many cells the terminal gives a text, wide and combining characters included.
    func width(of text: String) async throws -> Int {
        try await tmux("set-option", "-t", "main", "@text", text)
        return Int(try await fact("w:@text")) ?? -1
    }
}
