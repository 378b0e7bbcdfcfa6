import Testing

extension TerminalSession {
    /// Waits for the end of the program and answers with its status, as a shell reports it.
    func ending(sourceLocation: SourceLocation = #_sourceLocation) async throws -> Int32 {
        let screen = try await wait(for: Self.endNote, sourceLocation: sourceLocation)
        // A terminal without a second screen shows what was there beside it.
        let note = screen.row(with: Self.endNote)?.split(separator: Self.endNote).last
        let digits = note?.split(separator: " ").first.flatMap { Int32($0) }
        return try #require(digits)
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
