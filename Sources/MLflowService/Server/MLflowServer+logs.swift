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
        let top = try await artifacts(of: id, in: nil)
        var files = top.filter { $0.isDirectory != true }
        for folder in top.filter({ $0.isDirectory == true }).prefix(Self.folderLimit) {
            files += try await artifacts(of: id, in: folder.path).filter { $0.isDirectory != true }
        }
        return files.filter { Self.isText($0.path) }.map { LogFile(name: $0.path, size: $0.size?.value ?? 0) }
            .sorted { $0.name < $1.name }
    }

    private static func isText(_ path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: ".") else { return ["stdout", "stderr", "log"].contains(name.lowercased()) }
        return textEndings.contains(name[name.index(after: dot)...].lowercased())
    }

    private func artifacts(of id: RunID, in folder: String?) async throws(RunServiceError) -> [WireArtifact] {
        var query = [("run_id", id.text), ("run_uuid", id.text)]
        if let folder { query.append(("path", folder)) }
        let list: WireArtifactList = try await api.get("artifacts/list", query)
        return list.files ?? []
    }

    package func readLog(
        _ name: String, of id: RunID, offset: Int64, length: Int
    ) async throws(RunServiceError) -> LogChunk {
        var call = HTTPCall(.get, "/get-artifact")
        call.query = [("run_id", id.text), ("run_uuid", id.text), ("path", name)]
        call.deadline = HTTPCall.listDeadline
        let bytes: [UInt8]
        do throws(RunServiceError) {
            bytes = try await api.send(call).body
        } catch {
            // Servers answer 500 for an artifact that is not in a local folder; tell it from a server that fails.
            guard error.code == .notFound || error.code == .unavailable else { throw error }
            _ = try await api.run(id.text)
            guard try await logFiles(of: id).contains(where: { $0.name == name }) else {
                throw RunServiceError(
                    .notFound, "The run has no log `\(Shown.text(name))`; it may not have written anything yet.")
            }
            throw error
        }
        let size = Int64(bytes.count)
        let start = min(size, offset < 0 ? max(0, size + offset) : offset)
        let end = min(size, start + Int64(max(0, length)))
        return LogChunk(offset: start, bytes: Array(bytes[Int(start)..<Int(end)]), size: size)
    }

    /// A server appends to no artifact, so the whole log is sent again, the rarer the longer it is.
    package func appendLog(_ bytes: [UInt8], named name: String, of id: RunID) async throws(RunServiceError) {
        try requireWriting()
        let key = ArtifactLogs.Key(run: id, name: name)
        if logs.withLock({ $0.written[key] }) == nil {
            let log = try await existingLog(name, of: id)
            logs.withLock { $0.written[key] = log }
        }
        logs.withLock { $0.written[key]?.bytes += bytes }
        try await uploadLogs(of: id, onlyDue: true)
    }

    /// Sends what the server does not have yet; with `onlyDue` only when the last time is long enough ago.
    func uploadLogs(of id: RunID, onlyDue: Bool = false) async throws(RunServiceError) {
        let now = clock()
        let due = logs.withLock { $0.takeDue(of: id, at: now, onlyDue: onlyDue) }
        for (key, log) in due {
            var call = HTTPCall(.put, log.path + "/" + HTTPTransport.escaped(key.name), isRepeatable: true)
            call.body = log.bytes
            call.headers = [("Content-Type", "application/octet-stream")]
            call.deadline = HTTPCall.listDeadline
            do throws(RunServiceError) {
                _ = try await api.send(call)
            } catch {
                logs.withLock { $0.written[key]?.uploaded = 0 }
                throw error
            }
        }
    }

    /// What the server has of a log, and where it wants the rest. Throws `notFound` where it takes no artifacts.
    private func existingLog(_ name: String, of id: RunID) async throws(RunServiceError) -> ArtifactLogs.Log {
        let scheme = "mlflow-artifacts:/"
        guard let place = try await api.run(id.text).info.artifactURI, place.hasPrefix(scheme) else {
            throw RunServiceError(
                .notFound, "This MLflow server takes no artifacts itself, so the run's log cannot be kept there.")
        }
        let path = place.dropFirst(scheme.count).drop { $0 == "/" }
        var log = ArtifactLogs.Log(path: "/api/2.0/mlflow-artifacts/artifacts/" + path)
        do throws(RunServiceError) {
            log.bytes = try await readLog(name, of: id, offset: 0, length: .max).bytes
            log.uploaded = log.bytes.count
        } catch {
            if error.code != .notFound { throw error }
        }
        return log
    }
}
