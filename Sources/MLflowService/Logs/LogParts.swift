import MLflowWire
package import RunServices

/// One log as a reader sees it: artifacts that follow each other.
package struct LogParts {
    /// One artifact.
    package struct Part {
        let path: String
        /// Bytes; bounded, since a server may claim any number.
        let size: Int64

        init(_ artifact: WireArtifact) { self.init(path: artifact.path, size: artifact.size?.value ?? 0) }

        /// - Parameter size: bytes, as the server claims.
        package init(path: String, size: Int64) {
            self.path = path
            self.size = LogFile.bounded(size)
        }
    }

    /// Parts of one log at most: 4 GiB of it, and few enough that their sizes add up to a number.
    private static let partLimit = 4_096

    var name: String
    var parts: [Part]
    var isCommandOutput = false

    /// The log as one file.
    package var file: LogFile {
        LogFile(
            name: name, size: parts.reduce(0) { LogFile.bounded($0 + $1.size) }, isCommandOutput: isCommandOutput)
    }

    /// What there is to read among the artifacts: each is one, but those that a supervisor wrote in parts.
    ///
    /// Scripts' files are never joined, whatever their names are.
    package static func gather(_ artifacts: [Part], commandLog: String? = nil) -> [LogParts] {
        let all = Dictionary(artifacts.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        guard let commandLog, let first = all[commandLog] else {
            return artifacts.map { LogParts(name: $0.path, parts: [$0]) }
        }
        var log = LogParts(name: commandLog, parts: [first], isCommandOutput: true)
        while log.parts.count < partLimit,
            let next = all[ArtifactLogs.partName(commandLog, log.parts.count + 1)]
        {
            log.parts.append(next)
        }
        let taken = Set(log.parts.map(\.path))
        return [log] + artifacts.filter { !taken.contains($0.path) }.map { LogParts(name: $0.path, parts: [$0]) }
    }

    /// The parts that hold bytes of `range`, each with where it begins in the log.
    package func parts(in range: Range<Int64>) -> [(part: Part, start: Int64)] {
        var start: Int64 = 0
        var found: [(part: Part, start: Int64)] = []
        for part in parts {
            if start < range.upperBound && start + part.size > range.lowerBound { found.append((part, start)) }
            start = LogFile.bounded(start + part.size)
        }
        return found
    }
}
