import FileAccess
package import RunServices

/// Where the artifacts of one run can lie on this machine: beside the run, and where its `artifact_uri` says if that can
/// be believed.
///
/// In an `mlruns` directory it is believed for what exists below that directory. A database may keep runs whose
/// artifacts MLflow puts anywhere; there a directory is taken that exists, and in it only what is named after the run, as
/// MLflow names it.
package struct ArtifactPlace: Sendable {
    /// As the store has it.
    private let uri: String
    private let isRemote: Bool
    private let beside: ArtifactDirectory?
    private let told: ArtifactDirectory?

    /// Of a run of an `mlruns` directory at `root`, whose own directory is `run`; both absolute.
    package init(uri: String, ofRunAt run: String, in root: String) {
        self.uri = uri
        beside = ArtifactDirectory(base: run, folders: ["artifacts"])
        let parsed = ArtifactURI(uri)
        isRemote = parsed == .remote
        // MLflow ran in the directory that holds `mlruns`.
        let parts = parsed.parts(from: Self.parts(root).dropLast())
        let found = parts.flatMap { Self.below(root, $0) }
        // A directory that was moved away is not made anew where it was.
        told = found.flatMap { FileAccess.isDirectory($0.path) && $0.path != run + "/artifacts" ? $0 : nil }
    }

    /// Of a run of an `mlflow.db` that lies in `directory`, an absolute path.
    package init(uri: String, run: String, experiment: String, ofDatabaseIn directory: String) {
        self.uri = uri
        let parsed = ArtifactURI(uri)
        isRemote = parsed == .remote
        let isPlain = [run, experiment].allSatisfy { !["", ".", ".."].contains($0) && !$0.utf8.contains(0x2f) }
        guard isPlain else {
            (beside, told) = (nil, nil)
            return
        }
        let place = Self.parts(directory)
        let own = place + ["mlruns", experiment, run, "artifacts"]
        beside = Self.named(own, after: run, experiment) ?? Self.below(directory, own)
        let found = parsed.parts(from: place).flatMap { Self.named($0, after: run, experiment) }
        told = found?.path == beside?.path ? nil : found
    }

    /// Directories with artifacts of the run, as far as they exist.
    private var directories: [ArtifactDirectory] { [beside, told].compactMap { $0 } }

    /// The text artifacts by name, with their sizes, the command's own log first; none when there is no directory.
    ///
    /// Throws `unsupported` when MLflow keeps them on no file system.
    package func texts(commandLog: String?) throws(RunServiceError) -> [LogFile] {
        var files: [LogFile] = []
        for directory in directories {
            for file in try directory.texts(commandLog: commandLog)
            where !files.contains(where: { $0.name == file.name }) {
                files.append(file)
            }
        }
        if files.isEmpty { try requireReach() }
        return LogFile.inReadingOrder(files)
    }

    /// A page of a folder, the top one when nil, from after the name `last` on; of the first directory that has any.
    ///
    /// Throws `unsupported` when MLflow keeps the artifacts on no file system.
    package func page(of folder: String?, after last: PageToken?) throws(RunServiceError) -> Page<Artifact> {
        for directory in directories {
            if try directory.page(of: folder, after: nil).items.isEmpty { continue }
            return try directory.page(of: folder, after: last)
        }
        try requireReach()
        return Page([])
    }

    private func requireReach() throws(RunServiceError) {
        if !isRemote { return }
        throw RunServiceError(
            .unsupported,
            "The artifacts of this run are at \(Shown.text(uri)), not on this machine; a server can show them.")
    }

    /// Nil when there is no such file.
    package func read(_ name: String, offset: Int64, length: Int) throws(RunServiceError) -> LogChunk? {
        for directory in directories {
            if let chunk = try directory.read(name, offset: offset, length: length) { return chunk }
        }
        return nil
    }

    /// Where new artifacts belong. Throws `unsupported` when MLflow keeps them on no file system.
    package func writable() throws(RunServiceError) -> ArtifactDirectory {
        if isRemote {
            throw RunServiceError(
                .unsupported,
                "The artifacts of this run are at \(Shown.text(uri)), not on this machine; its log cannot be kept there."
            )
        }
        if let directory = told ?? beside { return directory }
        throw RunServiceError(
            .unsupported, "The run's id cannot be the name of a directory, so its log cannot be kept in this store.")
    }
}

extension ArtifactPlace {
    /// The directory that a server on this machine has told, if it exists and is named after the run.
    package static func shared(uri: String, run: String) -> ArtifactDirectory? {
        guard case .path(let parts, isAbsolute: true) = ArtifactURI(uri) else { return nil }
        return named(parts, after: run, nil)
    }

    /// The `artifact_uri` of a run that is made in an `mlruns` directory: below its experiment's location, or in its own
    /// directory `run` when the location is not in the store at `root`.
    package static func uri(below location: String, ofRunAt run: String, in root: String) -> String {
        let name = run.split(separator: "/").last ?? ""
        let text = "\(location)/\(name)/artifacts"
        let parsed = ArtifactURI(location)
        if parsed == .remote { return text }
        let folder = parsed.parts(from: parts(root).dropLast()).flatMap { below(root, $0) }
        return folder.map { FileAccess.isDirectory($0.path) } == true
            ? text : ArtifactURI.text(ofPath: run + "/artifacts")
    }

    /// Where the runs of an experiment of an `mlflow.db` in `directory` keep artifacts: its location if that can be
    /// believed, else beside the database.
    package static func location(_ told: String, of experiment: String, besideDatabaseIn directory: String) -> String {
        let parsed = ArtifactURI(told)
        if parsed == .remote { return told }
        let place = parts(directory)
        // Any name does, since only directories above it are looked at.
        let parts = parsed.parts(from: place).map { $0 + ["run", "artifacts"] }
        if let parts,
            parts.starts(with: place + ["mlruns", experiment]) || named(parts, after: "run", experiment) != nil
        {
            return told
        }
        return directory + "/mlruns/" + experiment
    }

    /// Below a directory that exists, `EXPERIMENT/RUN/artifacts` or `RUN/artifacts`, as MLflow names it; nil otherwise.
    ///
    /// Those names themselves are no links when they are opened, so the answer is a directory made for this run.
    private static func named(_ parts: [String], after run: String, _ experiment: String?) -> ArtifactDirectory? {
        guard parts.count > 2, parts.suffix(2).elementsEqual([run, "artifacts"]) else { return nil }
        let location = "/" + parts.dropLast(2).joined(separator: "/")
        if FileAccess.isDirectory(location) {
            return ArtifactDirectory(base: location, folders: Array(parts.suffix(2)))
        }
        guard parts.count > 3, experiment == nil || parts[parts.count - 3] == experiment else { return nil }
        let root = "/" + parts.dropLast(3).joined(separator: "/")
        return FileAccess.isDirectory(root) ? ArtifactDirectory(base: root, folders: Array(parts.suffix(3))) : nil
    }

    private static func below(_ store: String, _ path: [String]) -> ArtifactDirectory? {
        let base = parts(store)
        guard path.count > base.count, path.starts(with: base) else { return nil }
        return ArtifactDirectory(base: store, folders: Array(path.dropFirst(base.count)))
    }

    private static func parts(_ path: String) -> [String] { path.split(separator: "/").map(String.init) }
}

extension ArtifactURI {
    /// The components from the root on; nil unless it is a path.
    fileprivate func parts(from current: some Collection<String>) -> [String]? {
        guard case .path(let parts, let isAbsolute) = self else { return nil }
        return isAbsolute ? parts : Array(current) + parts
    }
}
