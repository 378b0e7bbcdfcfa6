import GRDB
import RunModel
package import RunServices
import SQLiteStatements

extension LocalStore {
    /// One snapshot, on a connection that only searches use: SQLite finds the keys of the page, then the page is read.
    package func experiments(
        _ search: ExperimentSearch
    ) async throws(RunServiceError) -> Page<HostedExperiment> {
        try await connections.search { db in
            var sql = ExperimentSearchSQL()
            let page = try db.searchPage(
                "experiments", where: sql.clauses(search), by: ExperimentSearchSQL.order(search.order),
                limit: search.limit, page: search.page, &sql)
            return Page(try db.hostedExperiments(page.items), next: page.next)
        }
    }
}

/// A search for experiments as SQL over `experiments`.
private struct ExperimentSearchSQL: SearchSQL {
    var values: [SQLValue] = []
    let tests = SQLTests()

    /// Numbers in their own order, and before the texts of older stores.
    private static let id =
        "CASE WHEN experiments.id GLOB '*[^0-9]*' THEN experiments.id ELSE CAST(experiments.id AS INTEGER) END"
    private static let updated = "COALESCE(experiments.updated_at, experiments.created_at)"

    static func order(_ keys: [ExperimentOrder]) -> KeysetSQL {
        var order = KeysetSQL(name: "experiments \(keys)")
        for key in keys { order.append(expression(key.key), isDescending: key.isDescending) }
        order.append(expression(.created), isDescending: true)
        order.append(expression(.id))
        return order
    }

    private static func expression(_ key: ExperimentOrder.Key) -> String {
        switch key {
        case .name: "experiments.name"
        case .id: id
        case .created: "experiments.created_at"
        case .updated: updated
        }
    }

    mutating func clauses(_ search: ExperimentSearch) -> [String] {
        let view: [String] =
            switch search.view {
            case .active: ["experiments.deleted_at IS NULL"]
            case .deleted: ["experiments.deleted_at IS NOT NULL"]
            case .all: []
            }
        return view + (search.condition.map { [clause($0)] } ?? [])
    }

    /// Never NULL.
    private mutating func clause(_ condition: ExperimentCondition) -> String {
        switch condition {
        case .and(let parts): joined(parts.map { clause($0) }, " AND ", "1")
        case .or(let parts): joined(parts.map { clause($0) }, " OR ", "0")
        case .not(let part): "NOT " + clause(part)
        case .name(let comparator, let values): compare("experiments.name", comparator, values)
        case .id(let comparator, let values): compare("experiments.id", comparator, values)
        case .created(let comparator, let value): compare("experiments.created_at", comparator, Double(value))
        case .updated(let comparator, let value): compare(Self.updated, comparator, Double(value))
        case .tag(let key, let comparator, let values):
            compare(
                "(SELECT COALESCE(value, '') FROM experiment_tags WHERE experiment_pk = experiments.pk AND key = "
                    + "\(bind(.text(key))))", comparator, values)
        }
    }
}
