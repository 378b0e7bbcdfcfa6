import FileAccess
import Glibc
import RunServices

/// The directory of one experiment in `mlruns`, as it was when it was last looked at.
struct FileShelf {
    /// Nil for a directory that holds no experiment, or one that was deleted.
    var experiment: StoredExperiment?
    /// What MLflow says of where the artifacts of its runs are.
    var artifacts = ""
    var runs: Set<String> = []
    /// Directories that have no `meta.yaml` yet; a run is one for a moment.
    var unfinished: Set<String> = []
    /// Nil while the next look must read it again.
    var meta: FileStamp?
    var directory: FileStamp?
    /// Whether its runs could not be listed.
    var isClosed = false
    /// Whether its name says already that it cannot be read.
    private var isTold = false

    /// As it is shown: what cannot be read is said in the name, so that it does not look like an experiment without runs.
    var shown: StoredExperiment? {
        guard var shown = experiment, isClosed, !isTold else { return experiment }
        shown.name += " (its runs cannot be read)"
        return shown
    }

    /// Names that are experiments' only; others need a `meta.yaml` to be taken for one.
    static func isNumber(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Takes in what `meta.yaml` in `path` says. One that cannot be understood is told, not hidden with all its runs,
    /// unless it is so young that it may be in the middle of being written.
    mutating func describe(_ path: String, _ name: String) {
        let file = path + "/meta.yaml"
        let stamp = FileStamp(file)
        let reason = stamp == nil ? errno : 0
        if let stamp, stamp == meta { return }
        meta = stamp?.trusted
        isTold = false
        if let found = MetaFile(path: file), let id = found.fields["experiment_id"] {
            artifacts = found.fields["artifact_location"] ?? path
            let title = found.fields["name"] ?? id
            experiment =
                found.isActive && id == name
                ? StoredExperiment(id: id, name: title, createdAt: found.integer("creation_time") ?? 0) : nil
        } else if !Self.isNumber(name) || FileStamp(path) == nil || reason == ENOENT && FileAccess.isDirectory(path) {
            experiment = nil
        } else if let stamp {
            if stamp.isFile && !stamp.isSettled { return }
            tell("\(name) (its meta.yaml cannot be read)", name, path, stamp)
        } else {
            // A link whose target is away, or a directory that lets us in no further.
            tell("\(name) (its directory cannot be read)", name, path, FileStamp(path))
        }
    }

    private mutating func tell(_ text: String, _ id: String, _ path: String, _ stamp: FileStamp?) {
        (artifacts, isTold) = (path, true)
        experiment = StoredExperiment(id: id, name: text, createdAt: stamp?.milliseconds ?? 0)
    }
}
