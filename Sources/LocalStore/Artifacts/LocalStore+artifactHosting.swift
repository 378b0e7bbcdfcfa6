import FileAccess
import GRDB
import RunModel
package import RunServices
import SQLiteStatements
import Synchronization

extension LocalStore {
    /// The database says where a run's files are, the file system what they are.
    package func artifacts(
        under root: ArtifactRoot, in folder: String?, after next: PageToken?
    ) async throws(RunServiceError) -> Page<Artifact> {
        var parts = try await place(of: root)
        if let folder { parts += try ArtifactFiles.parts(of: folder, isFromTop: parts.isEmpty) }
        var extra: [Artifact] = []
        if case .run(let id) = root, folder == nil {
            extra = try logs.files(of: id).map { Artifact(path: $0.name, isFolder: false, size: $0.size) }
        }
        return try await BlockingCall.run { [files, parts, extra] () throws(RunServiceError) in
            try files.page(of: parts, named: folder, after: next?.text, with: extra)
        }
    }

    /// A log of that name is read as it is when it is opened, as other files are.
    package func openArtifact(
        _ path: String, under root: ArtifactRoot
    ) async throws(RunServiceError) -> any ArtifactReader {
        let parts = try await parts(of: path, under: root)
        if case .run(let id) = root, let log = try logs.open(path, of: id) { return log }
        return try await BlockingCall.run { [files] () throws(RunServiceError) in try files.open(file: parts) }
    }

    /// What is written is in a folder of unfinished files until then.
    package func beginArtifact(
        _ path: String, under root: ArtifactRoot
    ) async throws(RunServiceError) -> any ArtifactWriter {
        let parts = try await writableParts(of: path, under: root)
        let isFirst = hasSweptUploads.withLock { swept in
            defer { swept = true }
            return !swept
        }
        let now = clock().milliseconds
        return try await BlockingCall.run { [files] () throws(RunServiceError) in
            if isFirst { files.removeOldUploads(at: now) }
            return try files.begin(file: parts, path: path)
        }
    }

    /// All bytes or none.
    package func appendArtifact(
        _ bytes: [UInt8], to path: String, under root: ArtifactRoot
    ) async throws(RunServiceError) {
        let parts = try await writableParts(of: path, under: root)
        try await BlockingCall.run { [files] () throws(RunServiceError) in try files.append(bytes, to: parts) }
    }

    /// Logs stay: their supervisor keeps them open.
    package func deleteArtifact(_ path: String?, under root: ArtifactRoot) async throws(RunServiceError) {
        try requireWriting()
        var parts = try await place(of: root)
        if let path { parts += try ArtifactFiles.parts(of: path, isFromTop: parts.isEmpty) }
        try await BlockingCall.run { [files, parts] () throws(RunServiceError) in try files.delete(parts) }
    }

    private func writableParts(of path: String, under root: ArtifactRoot) async throws(RunServiceError) -> [String] {
        try requireWriting()
        let parts = try await parts(of: path, under: root)
        if case .run(let id) = root, try logs.open(path, of: id) != nil {
            throw RunServiceError(
                .conflict, "The run has a log \(Shown.text(path)); give the artifact another name.")
        }
        return parts
    }

    private func parts(of path: String, under root: ArtifactRoot) async throws(RunServiceError) -> [String] {
        let folder = try await place(of: root)
        return folder + (try ArtifactFiles.parts(of: path, isFromTop: folder.isEmpty))
    }

    /// The folders from the artifacts' directory to a root. Throws `notFound` for a run or model that does not exist.
    func place(of root: ArtifactRoot) async throws(RunServiceError) -> [String] {
        switch root {
        case .all: return []
        case .upload(let id):
            return [ArtifactFiles.uploads] + (try ArtifactFiles.parts(of: id, isFromTop: true)).prefix(1)
        case .run(let id):
            let sql =
                "SELECT experiments.id FROM runs JOIN experiments ON experiments.pk = experiment_pk WHERE runs.id = ?"
            let experiment = try await connections.read { db in
                try db.first(sql, [.text(id.text)]) { $0.text(0) } ?? db.missing(id)
            }
            return [LogDirectory.component(RunID(experiment)), LogDirectory.component(id), "artifacts"]
        case .model(let id):
            let sql = """
                SELECT experiments.id FROM logged_models JOIN experiments ON experiments.pk = experiment_pk
                WHERE logged_models.id = ?
                """
            let experiment = try await connections.read { db in
                _ = try db.modelKey(id)
                return try db.first(sql, [.text(id)]) { $0.text(0) } ?? ""
            }
            return [LogDirectory.component(RunID(experiment)), "models", id, "artifacts"]
        }
    }
}

extension Database {
    /// Throws `notFound` for a run that does not exist.
    fileprivate func missing(_ id: RunID) throws -> String {
        _ = try key(of: id, deleted: .counts)
        return ""
    }
}
