import HTTPTransport
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
    /// Folders looked into besides the top one: enough for `logs/`, not a whole model zoo.
    private static let folderLimit = 8

    /// The text artifacts at the top and one folder below. A run without artifacts has none.
    func logFiles(of id: RunID) async throws(RunServiceError) -> [LogFile] {
        LogFile.inReadingOrder(try await logs(of: id).map(\.file))
    }

    func logs(of id: RunID) async throws(RunServiceError) -> [LogParts] {
        let top = try await artifacts(of: id, in: nil)
        var files = top.filter { $0.isDirectory != true }
        for folder in top.filter({ $0.isDirectory == true }).prefix(Self.folderLimit) {
            files += try await artifacts(of: id, in: folder.path).filter { $0.isDirectory != true }
        }
        return LogParts.gather(files.map { LogParts.Part(path: $0.path, size: $0.size?.value ?? 0) })
            .filter { Self.isText($0.name) }
    }

    private static func isText(_ path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: ".") else { return ["stdout", "stderr", "log"].contains(name.lowercased()) }
        return textEndings.contains(name[name.index(after: dot)...].lowercased())
    }

    private func artifacts(of id: RunID, in folder: String?) async throws(RunServiceError) -> [WireArtifact] {
        try await api.artifacts(of: id.text, in: folder)
    }

    package func readLog(
        _ name: String, of id: RunID, offset: Int64, length: Int
    ) async throws(RunServiceError) -> LogChunk {
        let folder = name.split(separator: "/").dropLast().joined(separator: "/")
        let found = try await artifacts(of: id, in: folder.isEmpty ? nil : folder).filter { $0.isDirectory != true }
        let logs = LogParts.gather(found.map { LogParts.Part(path: $0.path, size: $0.size?.value ?? 0) })
        guard let log = logs.first(where: { $0.name == name }) else {
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
