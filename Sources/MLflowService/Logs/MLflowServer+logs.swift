import HTTPTransport
import MLflowMeaning
import MLflowWire
package import RunModel
package import RunServices
import Synchronization

extension MLflowServer {
    /// Endings of artifacts that are read as logs; MLflow tells no media types.
    private static let textEndings: Set<String> = [
        "cfg", "conf", "csv", "err", "ini", "json", "jsonl", "log", "md", "out", "py", "stderr", "stdout", "toml",
        "tsv", "txt", "xml", "yaml", "yml",
    ]
    /// Folders looked into besides the top one and the command log's: enough for `logs/`, not a whole model zoo.
    private static let folderLimit = 8
    /// Texts listed at most, as many as an adapter of MLflow's stores looks at.
    private static let textLimit = 1_000

    /// The text artifacts at the top and one folder below, the command's log first. A run without artifacts has none.
    func logFiles(of record: MLflowRecord) async throws(RunServiceError) -> [LogFile] {
        let id = RunID(record.id)
        let commandLog = MLflowCommandLog.path(of: record)
        let top = try await artifacts(of: id, in: nil)
        var files = top.filter { $0.isDirectory != true }
        let own = commandLog.flatMap(Self.folder(of:))
        let folders = top.filter { $0.isDirectory == true }.map(\.path)
        let others = folders.filter { $0 != own }.prefix(Self.folderLimit)
        for folder in folders.filter({ $0 == own }) + others {
            files += try await artifacts(of: id, in: folder).filter { $0.isDirectory != true }
        }
        let found = LogParts.gather(files.map(LogParts.Part.init), commandLog: commandLog)
            .filter { $0.isCommandOutput || Self.isText($0.name) }
        return Array(LogFile.inReadingOrder(found.map(\.file)).prefix(Self.textLimit))
    }

    /// The folder that an artifact is in; nil at the top.
    static func folder(of path: String) -> String? {
        path.lastIndex(of: "/").map { String(path[..<$0]) }
    }

    private static func isText(_ path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: ".") else { return ["stdout", "stderr", "log"].contains(name.lowercased()) }
        return textEndings.contains(name[name.index(after: dot)...].lowercased())
    }

    /// What a folder holds, the top one when nil; nothing where there is no such folder.
    func artifacts(of id: RunID, in folder: String?) async throws(RunServiceError) -> [WireArtifact] {
        try await api.artifacts(of: id.text, in: folder)
    }

    /// The artifacts that a log consists of; nil when there is none of that name.
    private func parts(of name: String, _ id: RunID) async throws(RunServiceError) -> LogParts? {
        let found = try await artifacts(of: id, in: Self.folder(of: name)).filter { $0.isDirectory != true }
        let parts = found.map(LogParts.Part.init)
        var commandLog: String?
        // Only what follows a first part makes a difference, and only the run itself tells whose it is.
        if parts.contains(where: { $0.path == ArtifactLogs.partName(name, 2) }) {
            commandLog = MLflowCommandLog.path(of: try await api.run(id.text).record(experimentName: ""))
        }
        return LogParts.gather(parts, commandLog: commandLog == name ? name : nil).first { $0.name == name }
    }

    /// Reads the parts of the log by byte ranges; the server may make it fewer bytes than asked for when a part shrinks
    /// meanwhile.
    package func readLog(
        _ name: String, of id: RunID, offset: Int64, length: Int
    ) async throws(RunServiceError) -> LogChunk {
        guard let log = try await parts(of: name, id) else {
            // Only the run itself tells whether it is the log or the run that is missing.
            _ = try await api.run(id.text)
            throw RunServiceError(
                .notFound, "The run has no log `\(Shown.text(name))`; it may not have written anything yet.")
        }
        let size = log.file.size
        let start = min(size, offset < 0 ? max(0, size + offset) : offset)
        let end = min(size, start + min(Int64(max(0, length)), size - start))
        var bytes: [UInt8] = []
        for (part, partStart) in log.parts(in: start..<end) {
            let wanted = max(0, start - partStart)..<min(part.size, end - partStart)
            let piece = try await artifact(part.path, of: id, in: wanted)
            bytes += piece
            // Shorter than it was a moment ago: what follows would not be where it belongs.
            if piece.count < wanted.count { break }
        }
        return LogChunk(offset: start, bytes: bytes, size: size)
    }

    /// The bytes of an artifact in `range`, fewer where it is shorter by now.
    func artifact(
        _ path: String, of id: RunID, in range: Range<Int64>
    ) async throws(RunServiceError) -> ArraySlice<UInt8> {
        if range.isEmpty { return [] }
        var call = HTTPCall(.get, "/get-artifact")
        call.query = [("run_id", id.text), ("run_uuid", id.text), ("path", path)]
        call.headers = [("Range", "bytes=\(range.lowerBound)-\(range.upperBound - 1)")]
        call.deadline = HTTPCall.listDeadline
        let answer = try await api.send(call, accepting: [416])
        // "Range Not Satisfiable": the artifact ends before the range.
        if answer.status == 416 { return [] }
        // A server or a proxy may send the whole instead.
        let first = answer.status == 206 ? answer.rangeStart ?? range.lowerBound : 0
        let from = max(0, range.lowerBound - first)
        let to = min(Int64(answer.body.count), range.upperBound - first)
        return from < to ? answer.body[Int(from)..<Int(to)] : []
    }
}
