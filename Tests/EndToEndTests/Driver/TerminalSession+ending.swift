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
            guard try await fact("pane_dead") == "1" else { return nil }
            return Ending(status: try await fact("pane_dead_status"), signal: try await fact("pane_dead_signal"))
        }
    }

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
