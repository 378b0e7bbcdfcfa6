import RunModel
import RunServices

/// An `mlruns` directory while its lock is held; what was read once is remembered for the next call.
final class FileSession: RecordSession {
    var index: FileIndex
    /// Of metrics of runs that are not over.
    var tails: [String: [String: MetricTail]] = [:]
    /// Runs with files so young that a further write could not be told from the last; they are read again.
    var unsettled: Set<String> = []
    var watch = FileWatch()
    /// Directories that the change at hand made.
    var made: [String] = []

    /// Bytes of a tag or parameter at most; MLflow's own limit is 8,000 characters.
    private static let valueLimit = 65_536

    init(root: String) { index = FileIndex(root: root) }

    func records(_ ids: [String]) throws -> [StoredRecord] { ids.compactMap(record) }

    func experiments() throws -> [StoredExperiment] { index.experiments }

    func isDeleted(_ id: String) throws -> Bool {
        guard let file = index.path(of: id).map({ $0 + "/meta.yaml" }), let meta = MetaFile(path: file) else {
            return false
        }
        return meta.runID == id && !meta.isActive
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
        record.tags = values(in: path + "/tags")
        record.params = values(in: path + "/params")
        let isOver = MLflowMapping.status(word: record.status).isTerminal
        var followed = tails.removeValue(forKey: id) ?? [:]
        for key in FileSurface.keys(in: path + "/metrics") {
            followed[key, default: MetricTail()].follow(path + "/metrics/" + key)
            if let latest = followed[key]?.latest { record.metrics.append((key, latest)) }
        }
        if !isOver { tails[id] = followed }
        if surface.isSettled { unsettled.remove(id) } else { unsettled.insert(id) }
        index.folders[id]?.start = isOver ? Self.start(of: record) : nil
        index.folders[id]?.parent = record.tag(MLflowTag.parent) ?? ""
        return StoredRecord(
            record: record, artifactURI: meta.fields["artifact_uri"] ?? path + "/artifacts",
            surface: surface.digest)
    }

    /// What `meta.yaml` says of a run; nil for one that is gone or deleted.
    ///
    /// MLflow writes this file in place, so one that cannot be understood may be in the middle of that: such a run is
    /// nil too, but noted as unsettled.
    func meta(of id: String) -> MetaFile? {
        let file = index.path(of: id).map { $0 + "/meta.yaml" }
        guard let file, let stamp = FileStamp(file), stamp.isFile else {
            unsettled.remove(id)
            return nil
        }
        if let meta = MetaFile(path: file), let told = meta.runID {
            if meta.isActive && told == id { return meta }
            unsettled.remove(id)
        } else if stamp.isSettled {
            return MetaFile(unreadable: id, writtenAt: stamp.milliseconds)
        } else {
            unsettled.insert(id)
        }
        return nil
    }

    private static func start(of record: MLflowRecord) -> Int64 {
        record.tag(MLflowTag.started).flatMap { Int64($0) } ?? record.startTime
    }

    private func values(in folder: String) -> [(key: String, value: String)] {
        FileSurface.keys(in: folder).compactMap { key in value(folder + "/" + key).map { (key, $0) } }
    }

    private func value(_ path: String) -> String? {
        FileTree.contents(path, limit: Self.valueLimit).map { String(decoding: $0, as: UTF8.self) }
    }

    func ids(in experiment: String?) throws -> [String] {
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
        let children = index.folders.keys.filter { parent(of: $0)?.isEmpty == false }
        let oldest = children.compactMap { id -> (id: String, start: Int64)? in
            meta(of: id).map { (id, $0.integer("start_time") ?? 0) }
        }
        return oldest.sorted { ($0.start, $0.id) < ($1.start, $1.id) }.compactMap { child in
            parent(of: child.id).map { (child.id, $0) }
        }
    }

    func series(_ key: MetricSeriesKey, maxPoints: Int) throws -> MetricSeries? {
        guard (try? MLflowName.check(key.metric, "metric key")) != nil, let path = index.path(of: key.run.text) else {
            return nil
        }
        let file = path + "/metrics/" + key.metric
        guard let stamp = FileStamp(file), stamp.isFile,
            let bytes = FileTree.contents(
                file, from: max(0, stamp.size - MetricFile.sizeLimit), limit: Int(MetricFile.sizeLimit))
        else { return nil }
        var points: [MetricPoint] = []
        MetricFile.forEachPoint(bytes, includingLast: stamp.isSettled) { points.append($0) }
        if points.isEmpty { return nil }
        let isSorted = zip(points, points.dropFirst()).allSatisfy { !MetricFile.isLater($0, than: $1) }
        if !isSorted { points.sort { MetricFile.isLater($1, than: $0) } }
        let wanted = Sampling.positions(count: points.count, size: maxPoints)
        return MetricSeries(key: key, points: wanted.map { points[$0] }, total: points.count)
    }
}
