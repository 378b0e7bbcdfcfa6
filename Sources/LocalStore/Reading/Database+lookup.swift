import GRDB
import RunModel
import RunServices
import SQLiteStatements

extension Database {
    /// What a run that was deleted is to whoever asks for it.
    enum Deleted {
        /// Like any other.
        case counts
        /// `notFound`, as for readers, who do not see it.
        case isMissing
        /// `deleted`, as for what wants to change it.
        case isRefused
    }

    /// Throws `notFound`, and what `deleted` says.
    func key(of id: RunID, deleted: Deleted = .isMissing) throws -> Int64 {
        let found = try first("SELECT pk, deleted_at IS NOT NULL FROM runs WHERE id = ?", [.text(id.text)]) {
            (key: $0.integer(0), isDeleted: $0.integer(1) == 1)
        }
        guard let found else {
            throw RunServiceError(.notFound, "There is no run \(Shown.text(id.text)) in this store; check its id.")
        }
        if !found.isDeleted || deleted == .counts { return found.key }
        throw RunServiceError(
            deleted == .isRefused ? .deleted : .notFound,
            "The run \(Shown.text(id.text)) was deleted; restore it first.")
    }

    /// The keys of those of the runs that exist, in the order of the ids, each once.
    func keys(of ids: [RunID], withDeleted: Bool = false) throws -> [Int64] {
        var seen: Set<Int64> = []
        let sql = "SELECT pk FROM runs WHERE id = ?" + (withDeleted ? "" : " AND deleted_at IS NULL")
        return try ids.compactMap { try integer(sql, [.text($0.text)]) }.filter { seen.insert($0).inserted }
    }

    /// Throws `notFound`, for a deleted one too.
    func key(of id: ExperimentID) throws -> Int64 {
        let sql = "SELECT pk FROM experiments WHERE id = ? AND deleted_at IS NULL"
        if let key = try integer(sql, [.text(id.text)]) { return key }
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
            WHERE revision > ? AND revision <= ? AND deleted_at IS NULL ORDER BY name, pk
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
