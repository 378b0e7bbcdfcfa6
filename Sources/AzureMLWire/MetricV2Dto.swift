/// Values of one metric, as they are sent and as they are read.
package struct MetricV2Dto: Codable, Sendable, Equatable {
    /// Where the artifacts of the run are, for metrics that are files.
    package var dataContainerId: String?
    /// The metric.
    package var name: String
    /// The type of each column: `double`, `int`, `string`, `bool`, `none`, `Artifact`.
    package var columns: [String: String]
    /// The rows.
    package var value: [MetricV2Value]
    /// What the next question says; nil at the end.
    package var continuationToken: String?
    /// How it is meant to be shown.
    package var properties: MetricProperties?

    /// Values of a metric.
    package init(
        dataContainerId: String? = nil, name: String, columns: [String: String], value: [MetricV2Value],
        continuationToken: String? = nil, properties: MetricProperties?
    ) {
        self.dataContainerId = dataContainerId
        self.name = name
        self.columns = columns
        self.value = value
        self.continuationToken = continuationToken
        self.properties = properties
    }
}

/// How a metric is meant to be shown.
package struct MetricProperties: Codable, Sendable, Equatable {
    /// Such as `azureml.v1.scalar`.
    package var uxMetricType: String?

    /// A metric of this kind.
    package init(uxMetricType: String?) { self.uxMetricType = uxMetricType }
}

/// One row of a metric.
package struct MetricV2Value: Codable, Sendable, Equatable {
    /// Chosen by the client, so that a row that is sent twice is kept once.
    package var metricId: String?
    /// When it was measured.
    package var createdUtc: AzureTime?
    /// Any number that the run gave.
    package var step: Int64?
    /// By column.
    package var data: [String: AzureJSON]

    /// A row.
    package init(metricId: String?, createdUtc: AzureTime?, step: Int64?, data: [String: AzureJSON]) {
        self.metricId = metricId
        self.createdUtc = createdUtc
        self.step = step
        self.data = data
    }
}

/// Values of several metrics of one run.
package struct BatchMetricV2Dto: Codable, Sendable, Equatable {
    /// The metrics.
    package var values: [MetricV2Dto]
    /// Whether each refused metric is to be named in the answer.
    package var reportErrors: Bool?

    /// A batch of these.
    package init(values: [MetricV2Dto], reportErrors: Bool? = nil) {
        self.values = values
        self.reportErrors = reportErrors
    }
}

/// What became of a batch of metrics.
package struct PostRunMetricsResultDto: Codable, Sendable, Equatable {
    /// Those that were refused.
    package var errors: [PostRunMetricsErrorDto]

    /// An answer to a batch.
    package init(errors: [PostRunMetricsErrorDto]) { self.errors = errors }
}

/// A metric that was refused.
package struct PostRunMetricsErrorDto: Codable, Sendable, Equatable {
    /// The metric.
    package var metric: MetricV2Dto
    /// The reason.
    package var errorResponse: ErrorResponse

    /// A metric and why it was refused.
    package init(metric: MetricV2Dto, errorResponse: ErrorResponse) {
        self.metric = metric
        self.errorResponse = errorResponse
    }
}
