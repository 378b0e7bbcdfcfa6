import FileAccess
import Glibc
import RunServices

/// Which experiments and runs an `mlruns` directory has, kept up by the times of its directories.
///
/// Links to directories of experiments and runs are followed, as MLflow does.
struct FileIndex {
    struct Folder {
        var experiment: String
        /// Milliseconds since 1970, as the listing sorts; nil until it was read.
        var start: Int64?
        /// Empty when it has none; nil until it was read.
        var parent: String?
    }

    /// How much of a store one look covers.
    enum Extent {
        case everything
        /// Enough for one tick of many: each experiment has its turn within a dozen of them.
        case bounded
    }

    let root: String
    /// By run, in active experiments only; whether a run is deleted is its own `meta.yaml`'s to say.
    var folders: [String: Folder] = [:]
    /// Parents of runs that are gone, so that those below do not change their root with it.
    private(set) var lostParents: [String: String] = [:]
    /// Runs that came and went since they were last taken note of.
    var appeared: [String] = []
    var vanished: [String] = []
    private var shelves: [String: FileShelf] = [:]
    private var rootStamp: FileStamp?
    /// Experiments that have not had their turn, and those that changed lately.
    private var waiting: ArraySlice<String> = []
    private var lively: Set<String> = []

    /// Experiments whose directory is looked at in a bounded look at most, and whose `meta.yaml` is as well: that is
    /// written again when an experiment is renamed or deleted, which does not show in its directory's time.
    private static let (directoryLimit, metaLimit, livelyLimit) = (2_000, 150, 200)

    /// What an experiment's directory has beside runs.
    private static let otherNames: Set<String> = ["tags", "traces", "models", "datasets", "meta.yaml", "assessments"]

    init(root: String) { self.root = root }

    /// As they are shown.
    var experiments: [StoredExperiment] { shelves.values.compactMap(\.shown) }

    func name(of experiment: String) -> String { shelves[experiment]?.experiment?.name ?? "" }

    /// The id of the active experiment of that name.
    func experiment(named name: String) -> String? {
        shelves.values.first { $0.experiment?.name == name }?.experiment?.id
    }

    /// Directories that hold no active experiment.
    var inactive: [String] { shelves.filter { $0.value.experiment == nil }.map(\.key) }

    func path(of run: String) -> String? { folders[run].map { root + "/" + $0.experiment + "/" + run } }

    /// The location that MLflow noted for an experiment's artifacts.
    func artifacts(of experiment: String) -> String { shelves[experiment]?.artifacts ?? "" }

    /// Takes in a run that was just made, without looking for it.
    mutating func add(_ run: String, to experiment: String) {
        shelves[experiment]?.runs.insert(run)
        folders[run] = Folder(experiment: experiment)
        appeared.append(run)
    }

    /// Makes the next look see everything anew, after files were taken back.
    mutating func doubt() {
        rootStamp = nil
        for name in Array(shelves.keys) {
            shelves[name]?.directory = nil
            shelves[name]?.meta = nil
        }
    }

    /// Looks at the root, at experiments, and inside those that changed. Throws when the root cannot be read.
    mutating func scan(_ extent: Extent = .everything) throws(RunServiceError) {
        let stamp = FileStamp(root, followingLinks: true)
        if stamp == nil || stamp != rootStamp {
            try listRoot()
            rootStamp = stamp?.trusted
        }
        if extent == .everything || shelves.count <= Self.metaLimit {
            for name in Array(shelves.keys) { look(into: name, includingMeta: true) }
            return
        }
        if waiting.isEmpty { waiting = Array(shelves.keys)[...] }
        let metas = waiting.prefix(max(Self.metaLimit, shelves.count / 12))
        for name in metas { look(into: name, includingMeta: true) }
        waiting = waiting.dropFirst(metas.count)
        if shelves.count <= Self.directoryLimit {
            for name in Array(shelves.keys) { look(into: name, includingMeta: false) }
        } else {
            for name in lively { look(into: name, includingMeta: false) }
        }
    }

    private mutating func listRoot() throws(RunServiceError) {
        guard case .success(let entries) = FileAccess.entries(in: root) else { throw FilePlace.unreadable(root) }
        var found: Set<String> = []
        for entry in entries where !entry.name.hasPrefix(".") {
            switch entry.kind {
            case .directory: found.insert(entry.name)
            // A number whose link leads nowhere is told; it may be on a disk that is not there now.
            case .link:
                if FileShelf.isNumber(entry.name) || FileAccess.isDirectory(root + "/" + entry.name) {
                    found.insert(entry.name)
                }
            case .file, .other: break
            }
        }
        for name in Array(shelves.keys) where !found.contains(name) { close(name) }
        for name in found where shelves[name] == nil {
            shelves[name] = FileShelf()
            // Without waiting for its turn.
            look(into: name, includingMeta: true)
        }
    }

    private mutating func close(_ name: String) {
        for run in shelves[name]?.runs ?? [] { drop(run, from: name) }
        shelves[name] = nil
        lively.remove(name)
    }

    /// Leaves alone a run that was moved and found in another experiment already.
    private mutating func drop(_ run: String, from experiment: String) {
        guard folders[run]?.experiment == experiment else { return }
        if let parent = folders[run]?.parent, !parent.isEmpty { lostParents[run] = parent }
        folders[run] = nil
        vanished.append(run)
    }

    private mutating func look(into name: String, includingMeta: Bool) {
        guard var shelf = shelves.removeValue(forKey: name) else { return }
        defer { shelves[name] = shelf }
        let path = root + "/" + name
        let directory = FileStamp(path, followingLinks: true)
        let isChanged = directory == nil || directory != shelf.directory
        if includingMeta || isChanged || shelf.meta == nil { shelf.describe(path, name) }
        if shelf.experiment == nil {
            for run in shelf.runs { drop(run, from: name) }
            (shelf.runs, shelf.unfinished, shelf.directory) = ([], [], nil)
        } else if isChanged || !shelf.unfinished.isEmpty {
            list(path, name, &shelf, isChanged: isChanged)
            shelf.directory = shelf.isClosed ? nil : directory?.trusted
            if isChanged && lively.count < Self.livelyLimit { lively.insert(name) }
        } else {
            lively.remove(name)
        }
    }

    private mutating func list(_ path: String, _ name: String, _ shelf: inout FileShelf, isChanged: Bool) {
        var candidates = Array(shelf.unfinished)
        if isChanged {
            guard case .success(let entries) = FileAccess.entries(in: path) else {
                // What was known of it stays, rather than look deleted.
                shelf.isClosed = true
                return
            }
            shelf.isClosed = false
            let found = entries.filter { $0.kind != .file && !$0.name.hasPrefix(".") }
            let names = Set(found.map(\.name)).subtracting(Self.otherNames)
            for run in shelf.runs.subtracting(names) {
                shelf.runs.remove(run)
                drop(run, from: name)
            }
            candidates = Array(names.subtracting(shelf.runs))
        }
        shelf.unfinished = []
        for run in candidates {
            switch Self.state(ofRun: run, at: path + "/" + run) {
            case .run:
                shelf.runs.insert(run)
                // The same id in two experiments would be one run in two places: the first one found stays.
                let other = folders[run].map { root + "/" + $0.experiment + "/" + run }
                if other.flatMap({ FileStamp($0) }) == nil {
                    folders[run] = Folder(experiment: name)
                    appeared.append(run)
                }
            case .unfinished: shelf.unfinished.insert(run)
            case .none: break
            }
        }
    }

    private enum RunState {
        case run, unfinished, none
    }

    /// A directory with a `meta.yaml` is a run; so is one that cannot be entered but has a run's name.
    private static func state(ofRun name: String, at path: String) -> RunState {
        if let meta = FileStamp(path + "/meta.yaml") { return meta.isFile ? .run : .none }
        let code = errno
        if FileAccess.isDirectory(path) && (code == ENOENT || code == ENOTDIR) { return .unfinished }
        guard FileStamp(path) != nil, isRunID(name) else { return .none }
        return .run
    }

    /// 32 hexadecimal digits, as MLflow draws them.
    private static func isRunID(_ name: String) -> Bool {
        name.utf8.count == 32 && name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
