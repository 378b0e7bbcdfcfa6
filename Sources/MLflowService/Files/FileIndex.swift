import RunServices

/// Which experiments and runs an `mlruns` directory has, kept up by the times of its directories.
struct FileIndex {
    struct Folder {
        var experiment: String
        /// Milliseconds since 1970, as the listing sorts; nil until it was read.
        var start: Int64?
        /// Empty when it has none; nil until it was read.
        var parent: String?
    }

    private struct Shelf {
        var experiment: StoredExperiment?
        /// Where MLflow keeps the artifacts.
        var artifacts = ""
        var meta: FileStamp?
        var directory: FileStamp?
        var runs: Set<String> = []
        /// Directories that have no `meta.yaml` yet; a run is one for a moment.
        var unfinished: Set<String> = []
    }

    let root: String
    /// By run, in active experiments only; whether a run is deleted is its own `meta.yaml`'s to say.
    var folders: [String: Folder] = [:]
    /// Parents of runs that are gone, so that those below do not change their root with it.
    private(set) var lostParents: [String: String] = [:]
    /// Runs that came and went since somebody took note.
    var appeared: [String] = []
    var vanished: [String] = []
    private var shelves: [String: Shelf] = [:]
    private var rootStamp: FileStamp?

    /// What an experiment's directory has beside runs.
    private static let otherNames: Set<String> = ["tags", "traces", "models", "datasets", "meta.yaml", "assessments"]

    init(root: String) { self.root = root }

    var experiments: [StoredExperiment] { shelves.values.compactMap(\.experiment) }

    func name(of experiment: String) -> String { shelves[experiment]?.experiment?.name ?? "" }

    func path(of run: String) -> String? { folders[run].map { root + "/" + $0.experiment + "/" + run } }

    func artifacts(of experiment: String) -> String { shelves[experiment]?.artifacts ?? "" }

    /// Takes in a run that was just made, without looking for it.
    mutating func add(_ run: String, to experiment: String) {
        shelves[experiment]?.runs.insert(run)
        folders[run] = Folder(experiment: experiment)
        appeared.append(run)
    }

    /// Looks at the root, at each experiment, and inside those that changed. Throws when the root cannot be read.
    mutating func scan() throws(RunServiceError) {
        let stamp = FileStamp(root)
        if stamp == nil || stamp != rootStamp {
            guard case .success(let names) = FileTree.names(in: root) else { throw FilePlace.unreadable(root) }
            let found = Set(names.filter { !$0.hasPrefix(".") && FileStamp(root + "/" + $0)?.isDirectory == true })
            for name in shelves.keys where !found.contains(name) { close(name) }
            for name in found where shelves[name] == nil { shelves[name] = Shelf() }
            rootStamp = stamp?.trusted
        }
        for name in shelves.keys { look(into: name) }
    }

    private mutating func close(_ name: String) {
        for run in shelves[name]?.runs ?? [] { drop(run, from: name) }
        shelves[name] = nil
    }

    /// Leaves alone a run that was moved and found in another experiment already.
    private mutating func drop(_ run: String, from experiment: String) {
        guard folders[run]?.experiment == experiment else { return }
        if let parent = folders[run]?.parent, !parent.isEmpty { lostParents[run] = parent }
        folders[run] = nil
        vanished.append(run)
    }

    private mutating func look(into name: String) {
        guard var shelf = shelves.removeValue(forKey: name) else { return }
        let path = root + "/" + name
        let meta = FileStamp(path + "/meta.yaml")
        if meta == nil || meta != shelf.meta {
            describe(&shelf, name, meta)
            shelf.meta = meta?.trusted
        }
        let directory = FileStamp(path)
        if shelf.experiment == nil {
            for run in shelf.runs { drop(run, from: name) }
            (shelf.runs, shelf.directory) = ([], nil)
        } else if directory != shelf.directory || directory == nil || !shelf.unfinished.isEmpty {
            list(path, name, &shelf, isChanged: directory != shelf.directory)
            shelf.directory = directory?.trusted
        }
        shelves[name] = shelf
    }

    /// Takes in what `meta.yaml` says of an experiment. One that cannot be understood is told, not hidden with all its
    /// runs, unless it is so young that somebody may be in the middle of writing it.
    private func describe(_ shelf: inout Shelf, _ name: String, _ meta: FileStamp?) {
        let path = root + "/" + name
        if let file = MetaFile(path: path + "/meta.yaml"), let id = file.fields["experiment_id"] {
            shelf.artifacts = file.fields["artifact_location"] ?? path
            shelf.experiment =
                id == name && file.isActive
                ? StoredExperiment(
                    id: name, name: file.fields["name"] ?? name, createdAt: file.integer("creation_time") ?? 0) : nil
        } else if let meta, meta.isFile, name.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            if !meta.isSettled { return }
            (shelf.artifacts, shelf.experiment) = (
                path,
                StoredExperiment(
                    id: name, name: "\(name) (its meta.yaml cannot be read)", createdAt: meta.milliseconds)
            )
        } else {
            shelf.experiment = nil
        }
    }

    private mutating func list(_ path: String, _ name: String, _ shelf: inout Shelf, isChanged: Bool) {
        var candidates = shelf.unfinished
        if isChanged, case .success(let names) = FileTree.names(in: path) {
            let found = Set(names).subtracting(Self.otherNames)
            for run in shelf.runs.subtracting(found) {
                shelf.runs.remove(run)
                drop(run, from: name)
            }
            candidates = found.subtracting(shelf.runs).filter { !$0.hasPrefix(".") }
        }
        shelf.unfinished = []
        for run in candidates {
            if FileStamp(path + "/" + run + "/meta.yaml")?.isFile == true {
                shelf.runs.insert(run)
                // The same id in two experiments would be one run in two places: the first one found stays.
                let other = folders[run].map { root + "/" + $0.experiment + "/" + run }
                if other.flatMap({ FileStamp($0) }) == nil {
                    folders[run] = Folder(experiment: name)
                    appeared.append(run)
                }
            } else if FileStamp(path + "/" + run)?.isDirectory == true {
                shelf.unfinished.insert(run)
            }
        }
    }
}
