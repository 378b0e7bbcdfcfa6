import HTTPTransport
import MLflowWire
package import RunModel
package import RunServices
import Synchronization

extension MLflowServer {
    package func appendLog(_ bytes: [UInt8], named name: String, of id: RunID) async throws(RunServiceError) {
        try requireWriting()
        let key = ArtifactLogs.Key(run: id, name: name)
        if logs.withLock({ $0.written[key] }) == nil {
            let log = try await existingLog(name, of: id)
            logs.withLock { $0.written[key] = log }
        }
        // A part that is full goes out before anything is taken, so that what waits here stays bounded.
        if logs.withLock({ $0.written[key]?.isComplete }) == true {
            try await upload(key)
            logs.withLock { $0.written[key]?.beginNextPart() }
        }
        if case .directory(let directory) = logs.withLock({ $0.written[key]?.place }) {
            return try directory.append(bytes, to: name)
        }
        logs.withLock { $0.written[key]?.bytes += bytes }
    }

    package func publishLogs(of id: RunID, isFinal: Bool) async throws(RunServiceError) -> Bool {
        let now = clock()
        let own = logs.withLock { logs in logs.written.filter { $0.key.run == id } }
        for (key, log) in own where isFinal || log.isDue(at: now) { try await upload(key) }
        return logs.withLock { logs in
            logs.written.allSatisfy { $0.key.run != id || $0.value.uploaded == $0.value.bytes.count }
        }
    }

    /// Sends the part that grows, unless the server has all of it.
    private func upload(_ key: ArtifactLogs.Key) async throws(RunServiceError) {
        guard let log = logs.withLock({ $0.written[key] }), case .server(let path) = log.place,
            log.uploaded < log.bytes.count
        else { return }
        let name = ArtifactLogs.partName(key.name, log.part)
        var call = HTTPCall(.put, path + Self.escapedPath(name), isRepeatable: true)
        call.body = log.bytes
        call.headers = [("Content-Type", "application/octet-stream")]
        call.deadline = HTTPCall.listDeadline
        let now = clock()
        // Also when it fails: a server in trouble is not to be sent megabytes every half second.
        logs.withLock { $0.written[key]?.lastUpload = now }
        _ = try await api.send(call)
        logs.withLock { $0.written[key]?.uploaded = log.bytes.count }
    }

    /// What the server has of a log, and where it wants the rest.
    private func existingLog(_ name: String, of id: RunID) async throws(RunServiceError) -> ArtifactLogs.Log {
        let uri = try await api.run(id.text).info.artifactURI ?? ""
        var log = ArtifactLogs.Log(place: try logPlace(uri, of: id))
        guard case .server = log.place, let known = try await logs(of: id).first(where: { $0.name == name }) else {
            return log
        }
        log.part = known.parts.count
        let last = known.parts[known.parts.count - 1]
        log.bytes = Array(try await artifact(last.path, of: id, in: 0..<last.size))
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
