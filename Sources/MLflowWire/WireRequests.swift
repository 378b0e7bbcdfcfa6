package struct WireExperimentSearch: Codable, Sendable {
    package var max_results: Int
    package var filter: String?
    package var page_token: String?
    package var order_by: [String]?

    package init(
        max_results: Int, filter: String? = nil, page_token: String? = nil, order_by: [String]? = nil
    ) {
        self.max_results = max_results
        self.filter = filter
        self.page_token = page_token
        self.order_by = order_by
    }
}

package struct WireRunSearch: Codable, Sendable {
    package var experiment_ids: [String]
    package var filter: String?
    /// `ACTIVE_ONLY`, `DELETED_ONLY` or `ALL`.
    package var run_view_type: String?
    package var max_results: Int
    package var order_by: [String]?
    package var page_token: String?

    package init(
        experiment_ids: [String], filter: String? = nil, run_view_type: String? = nil, max_results: Int,
        order_by: [String]? = nil, page_token: String? = nil
    ) {
        self.experiment_ids = experiment_ids
        self.filter = filter
        self.run_view_type = run_view_type
        self.max_results = max_results
        self.order_by = order_by
        self.page_token = page_token
    }
}

package struct WireRunCreation: Codable, Sendable {
    package var experiment_id: String
    package var start_time: Int64
    package var run_name: String?
    package var user_id: String?
    package var tags: [WireEntry]

    package init(
        experiment_id: String, start_time: Int64, run_name: String?, user_id: String?, tags: [WireEntry]
    ) {
        self.experiment_id = experiment_id
        self.start_time = start_time
        self.run_name = run_name
        self.user_id = user_id
        self.tags = tags
    }
}

package struct WireRunUpdate: Codable, Sendable {
    package var run_id: String
    package var status: String?
    package var end_time: Int64?
    package var run_name: String?

    package init(run_id: String, status: String? = nil, end_time: Int64? = nil, run_name: String? = nil) {
        self.run_id = run_id
        self.status = status
        self.end_time = end_time
        self.run_name = run_name
    }
}

package struct WireBatch: Codable, Sendable {
    package var run_id: String
    package var metrics: [WireMetric]
    package var params: [WireEntry]
    package var tags: [WireEntry]

    package init(run_id: String, metrics: [WireMetric] = [], params: [WireEntry] = [], tags: [WireEntry] = []) {
        self.run_id = run_id
        self.metrics = metrics
        self.params = params
        self.tags = tags
    }
}

package struct WireTagDeletion: Codable, Sendable {
    package var run_id: String
    package var key: String

    package init(run_id: String, key: String) {
        self.run_id = run_id
        self.key = key
    }
}

package struct WireRunReference: Codable, Sendable {
    package var run_id: String

    package init(run_id: String) { self.run_id = run_id }
}

package struct WireExperimentCreation: Codable, Sendable {
    package var name: String

    package init(name: String) { self.name = name }
}
