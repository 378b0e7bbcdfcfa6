import HTTPTransport
import MLflowArtifacts
import MLflowMeaning
import MLflowWire
package import RunModel
package import RunServices
import Synchronization

extension MLflowServer {
    /// Keeps the bytes in memory until `publishLogs` sends them, since a server appends to no artifact; where the
    /// artifacts are a directory of this machine they are written at once.
    package func appendLog(_ bytes: [UInt8], named name: String, of id: RunID) async throws(RunServiceError) {
        try requireWriting()
        let key = ArtifactLogKey(run: id, name: name)
        if logs.withLock({ $0.written[key] }) == nil {
            let log = try await existingLog(key)
            logs.withLock { $0.written[key] = log }
        }
        if case .directory(let directory) = logs.withLock({ $0.written[key]?.place }) {
            let stated = logs.withLock { $0.written[key]?.path }
            return try await logFiles.append(bytes, to: key, in: directory, stated: stated) {
                path throws(RunServiceError) in
                try await mark(path, as: key)
            }
        }
        // A part that is full goes out before anything is taken, so that what waits here stays bounded.
        if logs.withLock({ $0.written[key]?.isComplete }) == true {
            try await upload(key)
            logs.withLock { $0.written[key]?.beginNextPart() }
        }
        logs.withLock { $0.written[key]?.bytes += bytes }
    }

    /// Uploads the growing part of each log that is due, of every log when `isFinal`. Bytes are kept when this throws.
    package func publishLogs(of id: RunID, isFinal: Bool) async throws(RunServiceError) -> Bool {
        let now = clock()
        let own = logs.withLock { logs in logs.written.filter { $0.key.run == id } }
        for (key, log) in own where isFinal || log.isDue(at: now) { try await upload(key) }
        let isAll = logs.withLock { logs in
            logs.written.allSatisfy { $0.key.run != id || $0.value.uploaded == $0.value.bytes.count }
        }
        if isFinal && isAll {
            logs.withLock { logs in logs.written = logs.written.filter { $0.key.run != id } }
            logFiles.forget(id)
        }
        return isAll
    }

    /// Sends the part that grows, unless the server has all of it, to an artifact that no other program has written to.
    ///
    /// A server offers no upload that fails when there is something already, so this is asked first.
    private func upload(_ key: ArtifactLogKey) async throws(RunServiceError) {
        guard var log = logs.withLock({ $0.written[key] }), case .server(let root) = log.place,
            log.uploaded < log.bytes.count
        else { return }
        if !(try await isOurs(log, of: key.run)) {
            log.begin(at: try await freePath(for: key))
            logs.withLock { [log] in $0.written[key] = log }
        }
        guard let path = log.partPath else { return }
        var call = HTTPCall(.put, root + Self.escapedPath(path), isRepeatable: true)
        call.body = log.bytes
        call.headers = [("Content-Type", "application/octet-stream")]
        call.deadline = HTTPCall.listDeadline
        let now = clock()
        logs.withLock { [log] logs in
            // Also when it fails: a server in trouble is not to be sent megabytes every half second.
            logs.written[key]?.lastUpload = now
            logs.written[key]?.attempted = max(log.bytes.count, log.attempted ?? 0)
        }
        _ = try await api.send(call)
        logs.withLock { [log] logs in
            logs.written[key]?.uploaded = log.bytes.count
            logs.written[key]?.attempted = nil
        }
        if !log.isMarked, let first = log.path {
            do throws(RunServiceError) {
                try await mark(first, as: key)
            } catch {
                // Sent once more the next time, or the mark would not be tried again.
                logs.withLock { [log] logs in
                    logs.written[key]?.uploaded = 0
                    logs.written[key]?.attempted = log.bytes.count
                }
                throw error
            }
            logs.withLock { $0.written[key]?.isMarked = true }
        }
    }

    /// Whether the server has of the growing part what was sent there, or nothing; false before anything was sent.
    private func isOurs(_ log: ArtifactLogs.Log, of id: RunID) async throws(RunServiceError) -> Bool {
        guard let path = log.path, let part = log.partPath else { return false }
        let found = try await artifacts(of: id, in: Self.folder(of: path)).first { $0.path == part }
        guard let found else { return true }
        return found.isDirectory != true && log.canBeOurs(found.size?.value ?? Int64(log.uploaded))
    }

    /// The name of a log in a folder that does not exist yet.
    private func freePath(for key: ArtifactLogKey) async throws(RunServiceError) -> String {
        let taken = Set(try await artifacts(of: key.run, in: nil).map(\.path))
        for attempt in 1...MLflowCommandLog.folderLimit {
            let folder = MLflowCommandLog.folder(attempt)
            if !taken.contains(folder) { return folder + "/" + key.name }
        }
        throw MLflowCommandLog.noRoom
    }

    /// Has the run's tags say which artifact is its log.
    private func mark(_ path: String, as key: ArtifactLogKey) async throws(RunServiceError) {
        let (_, record) = try await runAndRecord(of: key.run)
        _ = try await write(MLflowCommandLog.edit(begunAt: path), to: record)
    }

    /// What the server has of a log that an earlier instance wrote for the same supervisor, and where it wants the rest.
    private func existingLog(_ key: ArtifactLogKey) async throws(RunServiceError) -> ArtifactLogs.Log {
        let run = try await api.run(key.run.text)
        var log = ArtifactLogs.Log(place: try logPlace(run.info.artifactURI ?? "", of: key.run))
        guard let stated = run.record(experimentName: "").tag(MLflowTag.log), MLflowCommandLog.isInOwnFolder(stated),
            stated.hasSuffix("/" + key.name)
        else { return log }
        guard case .server = log.place else {
            log.path = stated
            return log
        }
        let found = try await artifacts(of: key.run, in: Self.folder(of: stated)).map(LogParts.Part.init)
        guard let known = LogParts.gather(found, commandLog: stated).first(where: \.isCommandOutput) else { return log }
        (log.path, log.isMarked, log.part) = (stated, true, known.parts.count)
        let last = known.parts[known.parts.count - 1]
        log.bytes = Array(try await artifact(last.path, of: key.run, in: 0..<last.size))
        log.uploaded = log.bytes.count
        return log
    }

    /// Throws `unsupported` where neither the server nor this machine takes artifacts.
    private func logPlace(_ uri: String, of id: RunID) throws(RunServiceError) -> ArtifactLogs.Place {
        let scheme = "mlflow-artifacts:"
        let rest = uri.dropFirst(scheme.count)
        // With a host after two slashes the artifacts are another server's, which our credentials are not for.
        if uri.hasPrefix(scheme), !rest.hasPrefix("//") || rest.hasPrefix("///") {
            return .server("/api/2.0/mlflow-artifacts/artifacts/" + Self.escapedPath(String(rest)) + "/")
        }
        // As MLflow's own client does: where the server is, its directories are.
        if isOnThisMachine, let directory = ArtifactPlace.shared(uri: uri, run: id.text) {
            return .directory(directory)
        }
        throw RunServiceError(
            .unsupported,
            "the artifacts of this run are at \(Shown.text(uri)), which only MLflow's client in Python writes to.")
    }

    private var isOnThisMachine: Bool {
        ["localhost", "127.0.0.1", "::1"].contains(api.transport.options.address.host.lowercased())
    }

    private static func escapedPath(_ path: String) -> String {
        path.split(separator: "/").map { HTTPTransport.escaped(String($0)) }.joined(separator: "/")
    }
}
