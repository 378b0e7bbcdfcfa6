/// A question for the names of a run's metrics.
package struct ListMetricsDto: Codable, Sendable, Equatable {
    /// Nil for all.
    package var metricNamespace: String?
    /// What the page before said.
    package var continuationToken: String?

    /// A question for all metrics.
    package init() {}
}

/// One metric of a run, without its values.
package struct MetricDefinitionDto: Codable, Sendable, Equatable {
    /// Which metric.
    package var metricKey: Key
    /// The type of each column.
    package var columns: [String: String]
    /// How it is meant to be shown.
    package var properties: MetricProperties?

    /// A metric of this name.
    package init(name: String, columns: [String: String], properties: MetricProperties?) {
        metricKey = Key(name: name)
        self.columns = columns
        self.properties = properties
    }

    /// What tells a metric from others.
    package struct Key: Codable, Sendable, Equatable {
        /// Nil for metrics of scripts.
        package var namespace: String?
        /// The metric.
        package var name: String

        /// A metric of a script.
        package init(name: String) { self.name = name }
    }
}

/// A question for the values of one metric: all of them, or an even sample.
package struct RetrieveMetricRequestDto: Codable, Sendable, Equatable {
    /// The metric.
    package var metricName: String
    /// Leaves out what was measured before.
    package var startTime: AzureTime?
    /// Leaves out what was measured later.
    package var endTime: AzureTime?
    /// What the page before said.
    package var continuationToken: String?
    /// How many values a sample has at most.
    package var maxValues: Int?

    /// A question for all values of a metric.
    package init(metricName: String) { self.metricName = metricName }
}
