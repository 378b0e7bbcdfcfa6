/// What a search may look at, which differs between runs, experiments and logged models (`mlflow/utils/search_utils.py`).
package struct MLflowSearchGrammar: Sendable {
    /// Keys without a family.
    let attributes: Set<String>
    /// Those of them that an order may name.
    let orderable: Set<String>
    /// Those of them that are numbers.
    let numeric: Set<String>
    /// Those of them that a list may be compared with.
    let listed: Set<String>
    /// Every accepted spelling of a family.
    let families: [String: MLflowSearchClause.Kind]
    /// The families as errors name them.
    let familyNames: String
    /// Whether errors put invalid parts into quotes.
    let quotesInvalid: Bool
    /// Other spellings of attributes.
    let aliases: [String: String]

    private static let runFamilies: [String: MLflowSearchClause.Kind] = [
        "metric": .metric, "metrics": .metric, "parameter": .parameter, "parameters": .parameter, "param": .parameter,
        "params": .parameter, "tag": .tag, "tags": .tag, "attribute": .attribute, "attr": .attribute,
        "attributes": .attribute, "run": .attribute, "dataset": .dataset, "datasets": .dataset,
    ]

    /// Of `runs/search`.
    package static let runs = MLflowSearchGrammar(
        attributes: [
            "run_id", "run_name", "user_id", "status", "artifact_uri", "start_time", "end_time", "created", "Created",
            "run name", "Run name", "Run Name",
        ],
        orderable: [
            "run_id", "run_name", "user_id", "status", "artifact_uri", "start_time", "end_time", "created", "Created",
        ],
        numeric: ["start_time", "end_time", "created", "Created"], listed: ["run_id"], families: runFamilies,
        familyNames: "['metric', 'parameter', 'tag', 'attribute', 'dataset']", quotesInvalid: true,
        aliases: [
            "created": "start_time", "Created": "start_time", "run name": "run_name", "Run name": "run_name",
            "Run Name": "run_name",
        ])

    /// Of `experiments/search`.
    package static let experiments = MLflowSearchGrammar(
        attributes: ["name", "experiment_id", "creation_time", "last_update_time"],
        orderable: ["name", "experiment_id", "creation_time", "last_update_time"],
        numeric: ["creation_time", "last_update_time"], listed: ["experiment_id"],
        families: ["attribute": .attribute, "tag": .tag, "tags": .tag],
        familyNames: "('attribute', 'tag', 'tags')", quotesInvalid: false, aliases: [:])

    /// Of `logged-models/search`.
    package static let models = MLflowSearchGrammar(
        attributes: [
            "name", "model_id", "model_type", "status", "source_run_id", "creation_timestamp", "creation_time",
            "last_updated_timestamp", "last_updated_time", "creation_timestamp_ms", "last_updated_timestamp_ms",
        ],
        orderable: [
            "name", "model_id", "model_type", "status", "source_run_id", "creation_timestamp", "creation_time",
            "last_updated_timestamp", "last_updated_time",
        ],
        numeric: [
            "creation_timestamp", "creation_time", "last_updated_timestamp", "last_updated_time",
            "creation_timestamp_ms", "last_updated_timestamp_ms",
        ],
        listed: ["name", "model_id", "model_type", "status", "source_run_id"],
        families: runFamilies.filter { $0.value != .dataset },
        familyNames: "['metric', 'parameter', 'tag', 'attribute']", quotesInvalid: true,
        aliases: [
            "creation_timestamp": "creation_time", "last_updated_timestamp": "last_updated_time",
            "creation_timestamp_ms": "creation_time", "last_updated_timestamp_ms": "last_updated_time",
        ])

    /// Which comparators a key takes, in the order in which errors name them.
    func comparators(_ kind: MLflowSearchClause.Kind, _ key: String) -> [String] {
        switch kind {
        case .metric: Self.orders
        case .attribute where numeric.contains(key): Self.orders
        case .attribute, .dataset: ["!=", "=", "ILIKE", "IN", "LIKE", "NOT IN"]
        case .parameter, .tag: ["!=", "=", "ILIKE", "IS NOT NULL", "IS NULL", "LIKE"]
        }
    }

    private static let orders = ["!=", "<", "<=", "=", ">", ">="]
}
