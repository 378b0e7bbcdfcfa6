package import RunServices

/// One log as a reader sees it: artifacts that follow each other.
package struct LogParts {
    /// One artifact.
    package struct Part {
        let path: String
        /// Bytes; bounded, since a server may claim any number.
        let size: Int64

        /// - Parameter size: bytes, as the server claims.
        package init(path: String, size: Int64) {
            self.path = path
            self.size = LogFile.bounded(size)
        }
    }

    var name: String
    var parts: [Part]

    /// The log as one file.
    package var file: LogFile { LogFile(name: name, size: parts.reduce(0) { LogFile.bounded($0 + $1.size) }) }

    /// The logs among the artifacts; parts without the ones before them are logs by themselves.
    package static func gather(_ artifacts: [Part]) -> [LogParts] {
        let all = Dictionary(artifacts.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        var logs: [LogParts] = []
        var taken: Set<String> = []
        for artifact in artifacts where ArtifactLogs.part(of: artifact.path) == nil {
            var log = LogParts(name: artifact.path, parts: [artifact])
            while let next = all[ArtifactLogs.partName(log.name, log.parts.count + 1)] {
                log.parts.append(next)
                taken.insert(next.path)
            }
            logs.append(log)
        }
        for artifact in artifacts where ArtifactLogs.part(of: artifact.path) != nil && !taken.contains(artifact.path) {
            logs.append(LogParts(name: artifact.path, parts: [artifact]))
        }
        return logs
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
