import FileAccess
import Glibc
import MLflowArtifacts
import MLflowMeaning
import RunModel
import RunServices

/// An `mlruns` directory while its lock is held; what was read once is remembered for the next call.
final class FileSession: RecordSession {
    var index: FileIndex
    /// Of metrics of runs that are not over.
    var tails: [String: [ExactText: MetricTail]] = [:]
    /// Of metrics that were charted.
    var series = SeriesMemory<SeriesMark>()
    /// Runs with files so young that a further write could not be told from the last; they are read again.
    var unsettled: Set<String> = []
    var watch = FileWatch()
    /// What the change at hand did so far; nil while nothing may be written.
    var change: FileChange?
    /// Whether the directories were looked at in this call.
    private var isFresh = false

    /// Bytes of a tag or parameter at most; MLflow's own limit is 8,000 characters.
    private static let valueLimit = 65_536

    init(root: String) { index = FileIndex(root: root) }

    /// Begins a call, in which the directories are looked at once at most.
    func begin() { isFresh = false }

    /// Looks at the directories, unless this call did.
    func freshen(_ extent: FileIndex.Extent = .everything) throws {
        if isFresh { return }
        try index.scan(extent)
        isFresh = true
    }

    /// A run whose place is known is read there without a look at all others.
    func records(_ ids: [String]) throws -> [StoredRecord] {
        let found = ids.compactMap(record)
        if isFresh || found.count == ids.count { return found }
        try freshen()
        return ids.compactMap(record)
    }

    func experiments() throws -> [StoredExperiment] {
        try freshen()
        return index.experiments
    }

    func artifacts(of stored: StoredRecord) -> ArtifactPlace {
        let run = index.path(of: stored.record.id) ?? "\(index.root)/\(stored.record.experimentID)/\(stored.record.id)"
        return ArtifactPlace(uri: stored.artifactURI, ofRunAt: run, in: index.root)
    }

    func isDeleted(_ id: String) throws -> Bool {
        guard let file = index.path(of: id).map({ $0 + "/meta.yaml" }), let meta = MetaFile(path: file) else {
            return false
        }
        return meta.runID == id && !meta.isActive
    }

    func deletedRuns() throws -> [DeletedRun] {
        try freshen()
        var found: [DeletedRun] = []
        for (id, folder) in index.folders {
            guard let file = index.path(of: id).map({ $0 + "/meta.yaml" }), let meta = MetaFile(path: file),
                meta.runID == id, !meta.isActive
            else { continue }
            found.append(
                DeletedRun(
                    id: RunID(id), name: meta.fields["run_name"] ?? "",
                    experimentName: index.name(of: folder.experiment),
                    deletedAt: meta.integer("deleted_time").map(Timestamp.init(milliseconds:))))
        }
        return found.sorted { ($0.deletedAt ?? .earliest, $0.id.text) < ($1.deletedAt ?? .earliest, $1.id.text) }
    }

    /// Nil for a run that is gone or deleted.
    private func record(_ id: String) -> StoredRecord? {
        guard let path = index.path(of: id), let folder = index.folders[id] else { return nil }
        // Before the contents, so that a write in between shows as another surface.
        let surface = FileSurface(path)
        guard let meta = meta(of: id) else { return nil }
        var record = MLflowRecord(
            id: id, experimentID: folder.experiment, experimentName: index.name(of: folder.experiment),
            name: meta.fields["run_name"] ?? meta.fields["name"] ?? "", status: meta.status,
            startTime: meta.integer("start_time") ?? 0, endTime: meta.integer("end_time"),
            user: meta.fields["user_id"] ?? "")
        var reader = FileValueReader()
        record.tags = reader.values(in: path + "/tags", limit: Self.valueLimit)
        record.params = reader.values(in: path + "/params", limit: Self.valueLimit)
        let isOver = MLflowMapping.status(word: record.status).isTerminal
        var followed = tails.removeValue(forKey: id) ?? [:]
        for key in reader.keys(in: path + "/metrics") {
            let (file, exact) = (path + "/metrics/" + key, ExactText(key))
            if followed[exact, default: MetricTail()].follow(file) == false { reader.note(file, errno) }
            if let latest = followed[exact]?.latest { record.metrics.append((key, latest)) }
        }
        if !isOver { tails[id] = followed }
        if surface.isSettled { unsettled.remove(id) } else { unsettled.insert(id) }
        index.folders[id]?.start = isOver ? Self.start(of: record) : nil
        index.folders[id]?.parent = record.tag(MLflowTag.parent) ?? ""
        // Half a run must not look like a whole one.
        if reader.trouble != nil { record.status = MetaFile.unreadable }
        return StoredRecord(
            record: record, artifactURI: meta.fields["artifact_uri"] ?? "", surface: surface.digest,
            trouble: reader.trouble)
    }

    /// What `meta.yaml` says of a run; nil for one that is gone or deleted.
    ///
    /// MLflow writes this file in place, so one that cannot be understood may be in the middle of that: such a run is
    /// nil too, but noted as unsettled.
    func meta(of id: String) -> MetaFile? {
        guard let path = index.path(of: id) else {
            unsettled.remove(id)
            return nil
        }
        let file = path + "/meta.yaml"
        guard let stamp = FileStamp(file) else {
            let code = errno
            unsettled.remove(id)
            // Gone, unless the directory is there and cannot be entered, or is a link that leads nowhere for now.
            let place = FileStamp(path)
            if let place, code != ENOENT || place.isLink {
                return MetaFile(unreadable: id, writtenAt: place.milliseconds)
            }
            return nil
        }
        guard stamp.isFile else {
            unsettled.remove(id)
            return nil
        }
        let bytes = FileAccess.contents(file, limit: MetaFile.sizeLimit)
        if let bytes { change?.note(bytes, of: file) }
        if let meta = bytes.flatMap({ MetaFile($0) }), let told = meta.runID {
            if meta.isActive && told == id { return meta }
            unsettled.remove(id)
        } else if stamp.isSettled || bytes == nil {
            return MetaFile(unreadable: id, writtenAt: stamp.milliseconds)
        } else {
            unsettled.insert(id)
            change?.sawHalfFile = true
        }
        return nil
    }

    private static func start(of record: MLflowRecord) -> Int64 {
        record.tag(MLflowTag.started).flatMap { Int64($0) } ?? record.startTime
    }

    private func value(_ path: String) -> String? {
        FileAccess.contents(path, limit: Self.valueLimit).map { String(decoding: $0, as: UTF8.self) }
    }

    func ids(in experiment: String?) throws -> [String] {
        try freshen()
        var found: [(id: String, start: Int64)] = []
        for (id, folder) in index.folders where experiment == nil || folder.experiment == experiment {
            if let start = folder.start {
                found.append((id, start))
                continue
            }
            guard let path = index.path(of: id), let meta = meta(of: id) else { continue }
            let started = value(path + "/tags/" + MLflowTag.started).flatMap { Int64($0) }
            let start = started ?? meta.integer("start_time") ?? 0
            if MLflowMapping.status(word: meta.status).isTerminal { index.folders[id]?.start = start }
            found.append((id, start))
        }
        return found.sorted { ($0.start, $0.id) > ($1.start, $1.id) }.map(\.id)
    }

    func parents(of ids: [String]) throws -> [String: String] {
        var parents: [String: String] = [:]
        for id in ids {
            if let parent = parent(of: id), !parent.isEmpty { parents[id] = parent }
        }
        return parents
    }

    private func parent(of id: String) -> String? {
        if let known = index.folders[id]?.parent { return known }
        guard let path = index.path(of: id) else { return index.lostParents[id] }
        let parent = value(path + "/tags/" + MLflowTag.parent) ?? ""
        index.folders[id]?.parent = parent
        return parent
    }

    func parentage() throws -> [(child: String, parent: String)] {
        try freshen()
        let children = index.folders.keys.filter { parent(of: $0)?.isEmpty == false }
        let oldest = children.compactMap { id -> (id: String, start: Int64)? in
            meta(of: id).map { (id, $0.integer("start_time") ?? 0) }
        }
        return oldest.sorted { ($0.start, $0.id) < ($1.start, $1.id) }.compactMap { child in
            parent(of: child.id).map { (child.id, $0) }
        }
    }
}
