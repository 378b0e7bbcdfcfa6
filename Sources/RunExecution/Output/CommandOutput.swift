/// Moves a command's output from its pipes to the terminal and to its log, and remembers its last words.
actor CommandOutput {
    private let reader: OutputReader
    private let log: LogBuffer
    private var lastOutput = LastLine()
    private var lastError = LastLine()

    init(reader: OutputReader, log: LogBuffer) {
        self.reader = reader
        self.log = log
    }

    /// Returns when both pipes are done.
    func copyAll() async {
        while true {
            let chunks = await reader.next()
            if chunks.isEmpty { break }
            for chunk in chunks {
                switch chunk.stream {
                case .standardOutput: lastOutput.add(chunk.bytes)
                case .standardError: lastError.add(chunk.bytes)
                }
                await log.append(chunk.bytes)
            }
        }
    }

    /// The line that most likely says why a command failed: errors are reported on standard error, by custom.
    var lastWords: String? { lastError.text ?? lastOutput.text }
}
