/// Moves a command's output from its pipes to the terminal and to its log, and remembers its last words.
actor CommandOutput {
    private let reader: OutputReader
    private let log: LogBuffer
    private var lastOutput = LastLine()
    private var lastError = LastLine()
    private var lineEnds: TerminalLineEnds?
    private var tail = OutputTail()

    /// `returnsCarriage`: standard output is a terminal that writes a carriage return at each line's end.
    init(reader: OutputReader, log: LogBuffer, returnsCarriage: Bool = false) {
        self.reader = reader
        self.log = log
        lineEnds = returnsCarriage ? TerminalLineEnds() : nil
    }

    /// Returns when all streams are done.
    func copyAll() async {
        while true {
            let chunks = await reader.next()
            if chunks.isEmpty { break }
            for chunk in chunks { await take(chunk) }
        }
        if let rest = lineEnds?.rest { await log.append(rest) }
        lineEnds = nil
    }

    private func take(_ chunk: OutputChunk) async {
        var bytes = chunk.bytes
        switch chunk.stream {
        case .standardOutput:
            if let written = lineEnds?.written(bytes) { bytes = written }
            lastOutput.add(bytes)
        case .standardError: lastError.add(bytes)
        }
        tail.add(bytes)
        await log.append(bytes)
    }

    /// The last lines, those of both streams as they came.
    var lastLines: [String] { tail.lines }

    /// The line that most likely says why a command failed: errors are reported on standard error, by custom.
    var lastWords: String? { lastError.text ?? lastOutput.text }
}
