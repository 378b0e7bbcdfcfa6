package import RunModel

/// A run as any of MLflow's stores holds it, before it means anything to us.
package struct MLflowRecord: Sendable, Equatable {
    package var id: String
    package var experimentID: String
    package var experimentName: String
    /// Empty where only the tag `mlflow.runName` has it (MLflow up to 1.29).
    package var name: String
    /// MLflow's own word.
    package var status: String
    /// Milliseconds since 1970.
    package var startTime: Int64
    package var endTime: Int64?
    package var user: String
    package var tags: [(key: String, value: String)]
    package var params: [(key: String, value: String)]
    package var metrics: [(key: String, point: MetricPoint)]

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
