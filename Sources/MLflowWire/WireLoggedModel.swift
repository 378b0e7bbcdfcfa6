/// A model as `logged-models` answers it; names are those of the protocol.
package struct WireLoggedModel: Codable, Sendable, Equatable {
    /// What the model is.
    package struct Info: Codable, Sendable, Equatable {
        /// `m-` and 32 hexadecimal digits.
        package var model_id: String
        /// Of the experiment that it belongs to.
        package var experiment_id: String
        /// Not unique.
        package var name: String
        /// Milliseconds since 1970.
        package var creation_timestamp_ms: Int64
        /// Milliseconds since 1970.
        package var last_updated_timestamp_ms: Int64
        /// Where its files are.
        package var artifact_uri: String
        /// `LOGGED_MODEL_PENDING`, `LOGGED_MODEL_READY` or `LOGGED_MODEL_UPLOAD_FAILED`.
        package var status: String
        /// Such as `agent`; may be empty.
        package var model_type: String?
        /// The run that made it.
        package var source_run_id: String?
        /// Nil for none.
        package var tags: [WireEntry]?

        /// A model of these parts.
        package init(
            model_id: String, experiment_id: String, name: String, creation_timestamp_ms: Int64,
            last_updated_timestamp_ms: Int64, artifact_uri: String, status: String, model_type: String?,
            source_run_id: String?, tags: [WireEntry]?
        ) {
            self.model_id = model_id
            self.experiment_id = experiment_id
            self.name = name
            self.creation_timestamp_ms = creation_timestamp_ms
            self.last_updated_timestamp_ms = last_updated_timestamp_ms
            self.artifact_uri = artifact_uri
            self.status = status
            self.model_type = model_type
            self.source_run_id = source_run_id
            self.tags = tags
        }
    }

    /// What the model is.
    package var info: Info
    /// Nil for none.
    package var params: [WireEntry]?
    /// Nil for none.
    package var metrics: [WireMetric]?

    /// A model with its parameters and metrics.
    package init(info: Info, params: [WireEntry]? = nil, metrics: [WireMetric]? = nil) {
        self.info = info
        self.params = params
        self.metrics = metrics
    }

    private enum CodingKeys: String, CodingKey { case info, data }
    private enum DataKeys: String, CodingKey { case params, metrics }

    /// Parameters and metrics lie in an object of their own.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        info = try container.decode(Info.self, forKey: .info)
        guard container.contains(.data) else { return }
        let data = try container.nestedContainer(keyedBy: DataKeys.self, forKey: .data)
        params = try data.decodeIfPresent([WireEntry].self, forKey: .params)
        metrics = try data.decodeIfPresent([WireMetric].self, forKey: .metrics)
    }

    /// Parameters and metrics lie in an object of their own.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(info, forKey: .info)
        var data = container.nestedContainer(keyedBy: DataKeys.self, forKey: .data)
        try data.encodeIfPresent(params, forKey: .params)
        try data.encodeIfPresent(metrics, forKey: .metrics)
    }
}
