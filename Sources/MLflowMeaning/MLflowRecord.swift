package import RunModel

/// A run as any of MLflow's stores holds it, before it means anything to us.
package struct MLflowRecord: Sendable, Equatable {
    /// MLflow's `run_id`: 32 hexadecimal digits unless the creator chose another.
    package var id: String
    /// MLflow's `experiment_id`: a decimal number in text form.
    package var experimentID: String
    /// Empty where the store does not tell it with the run.
    package var experimentName: String
    /// Empty where only the tag `mlflow.runName` has it (MLflow up to 1.29).
    package var name: String
    /// MLflow's own word.
    package var status: String
    /// Milliseconds since 1970.
    package var startTime: Int64
    /// Milliseconds since 1970; nil while MLflow knows no end.
    package var endTime: Int64?
    /// MLflow's `user_id`; may be empty.
    package var user: String
    /// All tags, those of MLflow and of runwatch too.
    package var tags: [(key: String, value: String)]
    /// All parameters, in the store's order.
    package var params: [(key: String, value: String)]
    /// The latest point of each metric.
    package var metrics: [(key: String, point: MetricPoint)]

    /// A record of these values, which are taken as they are.
    package init(
        id: String, experimentID: String, experimentName: String = "", name: String = "", status: String,
        startTime: Int64, endTime: Int64? = nil, user: String = "", tags: [(key: String, value: String)] = [],
        params: [(key: String, value: String)] = [], metrics: [(key: String, point: MetricPoint)] = []
    ) {
        self.id = id
        self.experimentID = experimentID
        self.experimentName = experimentName
        self.name = name
        self.status = status
        self.startTime = startTime
        self.endTime = endTime
        self.user = user
        self.tags = tags
        self.params = params
        self.metrics = metrics
    }

    /// The value of a tag; nil when it is absent.
    package func tag(_ key: String) -> String? { tags.first { $0.key.isExactly(key) }?.value }

    package static func == (left: MLflowRecord, right: MLflowRecord) -> Bool {
        left.id == right.id && left.experimentID == right.experimentID && left.experimentName == right.experimentName
            && left.name == right.name && left.status == right.status && left.startTime == right.startTime
            && left.endTime == right.endTime && left.user == right.user
            && left.tags.elementsEqual(right.tags, by: ==) && left.params.elementsEqual(right.params, by: ==)
            && left.metrics.elementsEqual(right.metrics, by: ==)
    }
}
