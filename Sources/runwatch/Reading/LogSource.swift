import RunModel
import RunReports
import RunServices

/// A log of a run, read in pieces.
struct LogSource {
    let service: any ArtifactReading
    let run: RunID
    let name: String

    private static let pieceSize = 1 << 17

    /// Up to a piece from `offset` on; empty at the end.
    func piece(from offset: Int64) async throws -> LogChunk {
        try await service.readLog(name, of: run, offset: offset, length: Self.pieceSize)
    }

    /// Where the last lines begin, read from the end.
    func offset(ofLast lines: Int) async throws -> Int64 {
        let size = try await piece(from: .max / 2).size
        if lines <= 0 { return size }
        var end = size
        var missing = lines
        while end > 0 {
            let start = max(0, end - Int64(Self.pieceSize))
            let bytes = try await service.readLog(name, of: run, offset: start, length: Int(end - start)).bytes
            if bytes.isEmpty { break }
            for index in bytes.indices.reversed() where bytes[index] == 0x0A {
                // The line feed that ends the log begins no line.
                if start + Int64(index) == size - 1 { continue }
                missing -= 1
                if missing == 0 { return start + Int64(index) + 1 }
            }
            end = start
        }
        return 0
    }

    /// Where the first line begins that tells of `moment` or later; the end where all tell of earlier times.
    ///
    /// Throws where no line begins with a time.
    func offset(since moment: Timestamp) async throws -> Int64 {
        var lines = LineSplitter()
        var hasTimes = false
        var offset: Int64 = 0
        while true {
            let piece = try await piece(from: offset)
            if piece.bytes.isEmpty {
                if hasTimes { return offset }
                throw ConsoleError("--since: no line of this log begins with a time; use --tail instead.")
            }
            var found: Int64?
            lines.split(piece.bytes, at: piece.offset) { line, start in
                guard found == nil, let time = LogLine.time(of: line) else { return }
                hasTimes = true
                if time >= moment { found = start }
            }
            if let found { return found }
            offset = piece.offset + Int64(piece.bytes.count)
        }
    }
}

/// Makes lines of pieces.
struct LineSplitter {
    /// The beginning of a line whose end has not come.
    private(set) var rest: [UInt8] = []
    private var restStart: Int64 = 0

    /// Longer lines are taken apart, so that a log without line feeds takes no more memory than this.
    private static let longest = 1 << 20

    /// Calls `body` with each whole line, without its line feed, and where it begins.
    mutating func split(_ bytes: [UInt8], at offset: Int64, _ body: (ArraySlice<UInt8>, Int64) throws -> Void) rethrows
    {
        if rest.isEmpty { restStart = offset }
        var start = bytes.startIndex
        while let end = bytes[start...].firstIndex(of: 0x0A) {
            if rest.isEmpty {
                try body(bytes[start..<end], offset + Int64(start))
            } else {
                rest += bytes[start..<end]
                try body(rest[...], restStart)
                rest.removeAll()
            }
            start = end + 1
            restStart = offset + Int64(start)
        }
        rest += bytes[start...]
        if rest.count > Self.longest {
            try body(rest[...], restStart)
            restStart += Int64(rest.count)
            rest.removeAll()
        }
    }
}
