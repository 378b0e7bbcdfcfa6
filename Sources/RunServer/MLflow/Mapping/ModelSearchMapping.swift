import MLflowMeaning
import RunModel
import RunServices

/// What a search for logged models asks, in MLflow's words and in ours.
enum ModelSearchMapping {
    /// Models on a page where the client does not say (`SEARCH_LOGGED_MODEL_MAX_RESULTS_DEFAULT`).
    private static let pageSize: Int64 = 100

    static let fields: [MessageField] = [
        .texts("experiment_ids").required, .text("filter"),
        .messages("datasets", [.text("dataset_name"), .text("dataset_digest")]), .integer("max_results"),
        .messages(
            "order_by", [.text("field_name"), .flag("ascending"), .text("dataset_name"), .text("dataset_digest")]),
        .text("page_token"),
    ]

    static func search(_ message: Message, in experiments: [ExperimentID]) throws -> LoggedModelSearch {
        let wanted = message.integer("max_results") ?? 0
        let limit = wanted == 0 ? pageSize : wanted
        try MLflowEndpoints.checkPageSize(limit)
        let datasets = message.messages("datasets")
        if datasets.contains(where: { $0.text("dataset_name").isEmpty }) {
            throw MLflowFault.invalid("`dataset_name` in the `datasets` clause must be specified.")
        }
        return LoggedModelSearch(
            in: experiments, matching: try conditions(message.text("filter")),
            on: datasets.map { .init($0.text("dataset_name"), digest: $0.optionalText("dataset_digest")) },
            order: try message.messages("order_by").map(order), limit: Int(limit),
            page: try WireToken.decode(message.text("page_token")))
    }

    private static func conditions(_ filter: String) throws -> [LoggedModelSearch.Condition] {
        let clauses: [MLflowSearchClause]
        do throws(MLflowSearchError) {
            clauses = try MLflowSearchReader(.models).clauses(filter)
        } catch {
            throw MLflowFault.invalid(error.message)
        }
        return clauses.map { clause in
            LoggedModelSearch.Condition(
                key(clause.kind, clause.key, nil), FilterComparator(rawValue: clause.comparator) ?? .equal,
                values(clause.value))
        }
    }

    private static func values(_ value: MLflowSearchClause.Value) -> [FilterValue] {
        switch value {
        case .text(let text): [.text(text)]
        case .texts(let texts): texts.map { .text($0) }
        case .number(let number): [.number(number)]
        case .integer(let number): [.number(Double(number))]
        case .nothing: []
        }
    }

    private static func key(
        _ kind: MLflowSearchClause.Kind, _ name: String, _ dataset: Message?
    ) -> LoggedModelSearch.Key {
        switch kind {
        case .metric:
            .metric(
                name, datasetName: dataset?.optionalText("dataset_name"),
                datasetDigest: dataset?.optionalText("dataset_digest"))
        case .parameter: .param(name)
        case .tag: .tag(name)
        case .attribute, .dataset: attribute(name) ?? .name
        }
    }

    private static func attribute(_ name: String) -> LoggedModelSearch.Key? {
        switch name {
        case "name": .name
        case "model_id": .id
        case "model_type": .modelType
        case "status": .status
        case "source_run_id": .sourceRun
        case "creation_time", "creation_timestamp", "creation_timestamp_ms": .created
        case "last_updated_time", "last_updated_timestamp", "last_updated_timestamp_ms": .updated
        default: nil
        }
    }

    private static func order(_ message: Message) throws(MLflowFault) -> LoggedModelSearch.Order {
        let field = message.text("field_name")
        let isDescending = message.flag("ascending") == false
        if let key = attribute(field) { return LoggedModelSearch.Order(key, isDescending: isDescending) }
        guard field.contains(".") else { throw .invalid("Invalid order by field name: \(field)") }
        guard field.hasPrefix("metrics.") else {
            throw .invalid("Invalid order by field name: \(field). Only metrics are supported.")
        }
        return LoggedModelSearch.Order(
            key(.metric, String(field.dropFirst(8)), message), isDescending: isDescending)
    }
}
