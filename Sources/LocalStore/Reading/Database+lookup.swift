import GRDB
import RunModel
import RunServices
import SQLiteStatements

extension Database {
    /// Throws `notFound`.
    func key(of id: RunID) throws -> Int64 {
        if let key = try integer("SELECT pk FROM runs WHERE id = ?", [.text(id.text)]) { return key }
        throw RunServiceError(.notFound, "There is no run \(Shown.text(id.text)) in this store; check its id.")
    }

    /// The keys of those of the runs that exist, in the order of the ids, each once.
    func keys(of ids: [RunID]) throws -> [Int64] {
        var seen: Set<Int64> = []
        return try ids.compactMap { try integer("SELECT pk FROM runs WHERE id = ?", [.text($0.text)]) }
            .filter { seen.insert($0).inserted }
    }

    /// Throws `notFound`.
    func key(of id: ExperimentID) throws -> Int64 {
        if let key = try integer("SELECT pk FROM experiments WHERE id = ?", [.text(id.text)]) { return key }
        throw RunServiceError(
            .notFound, "There is no experiment \(Shown.text(id.text)) in this store; it may have been deleted.")
    }

    func run(_ key: Int64) throws -> Run {
        guard let run = try RunPage.read(.keys([key]), from: self).runs.first else {
            throw RunServiceError(.notFound, "The run is not in this store any more.")
        }
        return run
    }

    /// Experiments with their counts, by name, whose last change lies in a range of revisions.
    func experiments(changedAfter low: Int64, upTo high: Int64) throws -> [Experiment] {
        var experiments: [Experiment] = []
        if low >= high { return experiments }
        let sql = """
            SELECT id, name, created_at, status, count
            FROM experiments LEFT JOIN status_counts ON experiment_pk = pk AND count > 0
            WHERE revision > ? AND revision <= ? ORDER BY name, pk
            """
        try forEachRow(sql, [.integer(low), .integer(high)]) { row in
            let id = ExperimentID(row.text(0))
            if experiments.last?.id != id {
                experiments.append(
                    Experiment(id: id, name: row.text(1), createdAt: Timestamp(milliseconds: row.integer(2))))
            }
            if !row.isNull(3) {
                experiments[experiments.count - 1].counts.add(
                    row.count(4), of: StoredStatus.decode(row.bytes(3)))
            }
            return true
        }
        return experiments
    }
}
