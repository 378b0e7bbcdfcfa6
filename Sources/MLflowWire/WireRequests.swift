/// The question of `experiments/search`; names are those of the protocol.
package struct WireExperimentSearch: Codable, Sendable {
    /// Experiments on a page at most.
    package var max_results: Int
    /// In MLflow's search syntax; nil for all.
    package var filter: String?
    /// Of the page before; nil for the first.
    package var page_token: String?
    /// Such as `creation_time DESC`.
    package var order_by: [String]?

    /// A page of experiments.
    package init(
        max_results: Int, filter: String? = nil, page_token: String? = nil, order_by: [String]? = nil
    ) {
        self.max_results = max_results
        self.filter = filter
        self.page_token = page_token
        self.order_by = order_by
    }
}

/// The question of `runs/search`.
package struct WireRunSearch: Codable, Sendable {
    /// Experiments to look in; an empty list finds nothing.
    package var experiment_ids: [String]
    /// In MLflow's search syntax; nil for all.
    package var filter: String?
    /// `ACTIVE_ONLY`, `DELETED_ONLY` or `ALL`.
    package var run_view_type: String?
    /// Runs on a page at most.
    package var max_results: Int
    /// Such as `attributes.start_time DESC`.
    package var order_by: [String]?
    /// Of the page before; nil for the first.
    package var page_token: String?

    /// A page of runs.
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

/// The request of `runs/create`.
package struct WireRunCreation: Codable, Sendable {
    /// Where the run belongs.
    package var experiment_id: String
    /// Milliseconds since 1970.
    package var start_time: Int64
    /// Chosen by the server when nil.
    package var run_name: String?
    /// Who starts it.
    package var user_id: String?
    /// What it is marked with from the beginning.
    package var tags: [WireEntry]

    /// A run to be created.
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

/// The request of `runs/update`; what is nil stays.
package struct WireRunUpdate: Codable, Sendable {
    /// The run to be changed.
    package var run_id: String
    /// One of MLflow's words.
    package var status: String?
    /// Milliseconds since 1970.
    package var end_time: Int64?
    /// Kept in step with the tag `mlflow.runName` by the server.
    package var run_name: String?

    /// A change of a run.
    package init(run_id: String, status: String? = nil, end_time: Int64? = nil, run_name: String? = nil) {
        self.run_id = run_id
        self.status = status
        self.end_time = end_time
        self.run_name = run_name
    }
}

/// The request of `runs/log-batch`.
package struct WireBatch: Codable, Sendable {
    /// The run that logs.
    package var run_id: String
    /// Points, at most 1000.
    package var metrics: [WireMetric]
    /// Parameters, at most 100.
    package var params: [WireEntry]
    /// Tags, at most 100.
    package var tags: [WireEntry]

    /// What a run logs at once.
    package init(run_id: String, metrics: [WireMetric] = [], params: [WireEntry] = [], tags: [WireEntry] = []) {
        self.run_id = run_id
        self.metrics = metrics
        self.params = params
        self.tags = tags
    }
}

/// The request of `runs/delete-tag`.
package struct WireTagDeletion: Codable, Sendable {
    /// The run that has the tag.
    package var run_id: String
    /// The tag's name.
    package var key: String

    /// A tag to be deleted.
    package init(run_id: String, key: String) {
        self.run_id = run_id
        self.key = key
    }
}

/// The request of `runs/delete` and `runs/restore`.
package struct WireRunReference: Codable, Sendable {
    /// The run meant.
    package var run_id: String

    /// A run by its id.
    package init(run_id: String) { self.run_id = run_id }
}

/// The request of `experiments/create`.
package struct WireExperimentCreation: Codable, Sendable {
    /// The new experiment's name.
    package var name: String

    /// An experiment to be created.
    package init(name: String) { self.name = name }
}
