import GRDB
import RunModel
package import RunServices
import SQLiteStatements

extension LocalStore {
    /// One snapshot, on a connection that only searches use: SQLite finds the keys of the page, then the page is read.
    package func models(_ search: LoggedModelSearch) async throws(RunServiceError) -> Page<LoggedModel> {
        try await connections.search { db in
            var sql = ModelSearchSQL()
            var conditions = ["logged_models.deleted_at IS NULL"]
            let experiments = sql.bind(.text(search.experiments.map(\.text).json))
            conditions.append(
                "experiment_pk IN (SELECT pk FROM experiments WHERE id IN (SELECT value FROM json_each(\(experiments))))"
            )
            for condition in search.conditions { conditions.append(sql.clause(condition, on: search.datasets)) }
            if let isMeasured = sql.isMeasured(search) { conditions.append(isMeasured) }
            let order = sql.order(search.order)
            let page = try db.searchPage(
                "logged_models", where: conditions, by: order, limit: search.limit, page: search.page, &sql)
            return Page(try db.models(page.items), next: page.next)
        }
    }
}

/// A search for logged models as SQL over `logged_models`.
private struct ModelSearchSQL: SearchSQL {
    var values: [SQLValue] = []
    let tests = SQLTests()

    mutating func order(_ keys: [LoggedModelSearch.Order]) -> KeysetSQL {
        var order = KeysetSQL(name: "models \(keys)")
        for key in keys { order.append(optional: value(key.key), isDescending: key.isDescending) }
        order.append("logged_models.created_at", isDescending: true)
        order.append("logged_models.id")
        return order
    }

    /// What a model is compared and ordered by, NULL where it has none.
    private mutating func value(_ key: LoggedModelSearch.Key) -> String {
        switch key {
        case .name: "logged_models.name"
        case .id: "logged_models.id"
        case .modelType: "logged_models.model_type"
        case .status: "logged_models.status"
        case .sourceRun: "logged_models.source_run"
        case .created: "logged_models.created_at"
        case .updated: "logged_models.updated_at"
        case .param(let key):
            "(SELECT value FROM model_params WHERE model_pk = logged_models.pk AND key = \(bind(.text(key))))"
        case .tag(let key):
            "(SELECT COALESCE(value, '') FROM model_tags WHERE model_pk = logged_models.pk AND key = "
                + "\(bind(.text(key))))"
        case .metric(let key, let name, let digest):
            "(SELECT value \(points(of: key, name, digest)) ORDER BY step DESC, timestamp DESC, value DESC LIMIT 1)"
        }
    }

    private mutating func points(of key: String, _ name: String?, _ digest: String?) -> String {
        "FROM model_metrics WHERE model_pk = logged_models.pk AND key = \(bind(.text(key)))"
            + (name.map { " AND dataset_name = \(bind(.text($0)))" } ?? "")
            + (digest.map { " AND dataset_digest = \(bind(.text($0)))" } ?? "")
    }

    /// Never NULL.
    mutating func clause(
        _ condition: LoggedModelSearch.Condition, on datasets: [LoggedModelSearch.DatasetName]
    ) -> String {
        switch condition.key {
        case .metric(let key, let name, let digest):
            // Any run's and any data set's value may be the one that is looked for.
            "EXISTS (SELECT 1 \(points(of: key, name, digest)) AND \(any(of: datasets)) AND "
                + "\(number("value", condition)))"
        case .created, .updated: number(value(condition.key), condition)
        default: compare(value(condition.key), condition.comparator, texts(condition))
        }
    }

    /// Nil where conditions ask for it already, or nothing does.
    mutating func isMeasured(_ search: LoggedModelSearch) -> String? {
        let asksForMetrics = search.conditions.contains { if case .metric = $0.key { true } else { false } }
        if search.datasets.isEmpty || asksForMetrics { return nil }
        return "EXISTS (SELECT 1 FROM model_metrics WHERE model_pk = logged_models.pk AND \(any(of: search.datasets)))"
    }

    private mutating func any(of datasets: [LoggedModelSearch.DatasetName]) -> String {
        let parts = datasets.map { dataset in
            "(dataset_name = \(bind(.text(dataset.name)))"
                + (dataset.digest.map { " AND dataset_digest = \(bind(.text($0)))" } ?? "") + ")"
        }
        return joined(parts, " OR ", "1")
    }

    private func texts(_ condition: LoggedModelSearch.Condition) -> [String] {
        condition.values.compactMap { if case .text(let text) = $0 { text } else { nil } }
    }

    private mutating func number(_ expression: String, _ condition: LoggedModelSearch.Condition) -> String {
        switch condition.values.first {
        case .number(let number): compare(expression, condition.comparator, number)
        // NULL is NaN.
        case .notANumber: "(\(expression) IS \(condition.comparator == .equal ? "" : "NOT ")NULL)"
        default: condition.comparator == .isNotNull ? "1" : "0"
        }
    }
}
