import MLflowArtifacts
import MLflowMeaning
import RunModel
import RunServices

/// A store of MLflow's that can be read, as it is during one call.
protocol RecordSession {
    /// The runs with these ids that are not deleted, in this order.
    func records(_ ids: [String]) throws -> [StoredRecord]
    /// Experiments that are not deleted.
    func experiments() throws -> [StoredExperiment]
    /// Ids of all runs of an experiment, of every experiment when nil; newest start first.
    func ids(in experiment: String?) throws -> [String]
    /// The parents of those of `ids` that have one, by child.
    func parents(of ids: [String]) throws -> [String: String]
    /// Every child with its parent, oldest first.
    func parentage() throws -> [(child: String, parent: String)]
    /// Where the artifacts of a run lie on this machine.
    func artifacts(of stored: StoredRecord) -> ArtifactPlace
    /// Whether there is such a run, and it is deleted.
    func isDeleted(_ id: String) throws -> Bool
    /// Those in experiments that are not deleted themselves; the longest deleted first.
    func deletedRuns() throws -> [DeletedRun]
    /// Gives back what reading everything left in caches; to be called at the end of a full read.
    func letGo()
    /// Nil for a metric without points.
    func series(_ key: MetricSeriesKey, maxPoints: Int) throws -> MetricSeries?
}

/// A store of MLflow's during one change, which is kept as a whole or not at all.
protocol RecordTransaction: RecordSession {
    func write(_ edit: MLflowEdit, to record: MLflowRecord) throws
    /// The id of the experiment, created when there is none of this name.
    func experiment(named name: String, at now: Timestamp) throws -> String
    func create(_ record: MLflowRecord) throws
    /// Parameters that the run does not have yet.
    func add(_ params: [(key: String, value: String)], to record: MLflowRecord) throws
    func append(_ points: [(key: String, point: MetricPoint)], to record: MLflowRecord) throws
    /// Deletes a run, or restores it when there is no time. Throws `notFound`.
    func setDeleted(at time: Timestamp?, _ id: String) throws
}

/// A run as it is stored, with what only its store cares for.
struct StoredRecord {
    var record: MLflowRecord
    /// Where the run keeps its files; empty when unknown.
    var artifactURI = ""
    /// A digest of what can change without leaving another trace in the store; 0 where the store has no use for it.
    var surface: UInt64 = 0
    /// Why not all of the run could be read; nil when it could.
    var trouble: RunServiceError?
}

struct StoredExperiment {
    var id: String
    var name: String
    /// Milliseconds since 1970.
    var createdAt: Int64
}

extension RecordSession {
    /// Most keep none.
    func letGo() {}

    /// Throws `notFound`.
    func stored(_ id: RunID) throws -> StoredRecord {
        guard let found = try records([id.text]).first else {
            let name = Shown.text(id.text)
            if try isDeleted(id.text) {
                throw RunServiceError(
                    .notFound, "The run \(name) was deleted; `runwatch restore \(name)` brings it back.")
            }
            throw RunServiceError.noRun(id.text)
        }
        return found
    }

    /// Throws `notFound`.
    func record(_ id: RunID) throws -> MLflowRecord { try stored(id).record }

    /// What the records mean at `now`, each with its topmost ancestor.
    func runs(from stored: [StoredRecord], at now: Timestamp) throws -> [Run] {
        var runs = stored.map { MLflowMapping.run(from: $0.record, at: now) }
        var parents: [String: String] = [:]
        var wanted = Set(runs.compactMap { $0.parentID?.text })
        // Level by level; what was asked for once is never asked for again, so a cycle ends. So does a chain that is longer
        // than any real one, or each reading of a page would ask for all of it.
        var asked: Set<String> = []
        for _ in 0..<1_000 where !wanted.isEmpty {
            asked.formUnion(wanted)
            let found = try self.parents(of: Array(wanted))
            parents.merge(found) { $1 }
            wanted = Set(found.values).subtracting(asked)
        }
        for index in runs.indices {
            guard var root = runs[index].parentID?.text else { continue }
            var steps = 0
            while let above = parents[root], above != root, above != runs[index].id.text, steps <= parents.count {
                root = above
                steps += 1
            }
            // A parent that is below the run itself, as tags may claim, is none.
            if parents[root] == runs[index].id.text {
                runs[index].parentID = nil
                root = runs[index].id.text
            }
            runs[index].rootID = RunID(root)
        }
        return runs
    }

    func run(_ id: RunID, at now: Timestamp) throws -> Run { try runs(from: [stored(id)], at: now)[0] }

    /// The ids below `id`, parents before children.
    func descendants(of id: String, recursive: Bool) throws -> [String] {
        var children: [String: [String]] = [:]
        for (child, parent) in try parentage() { children[parent, default: []].append(child) }
        guard recursive else { return children[id] ?? [] }
        var found: [String] = []
        var seen: Set<String> = [id]
        var level = [id]
        while !level.isEmpty {
            level = level.flatMap { children[$0] ?? [] }.filter { seen.insert($0).inserted }
            found += level
        }
        return found
    }
}
