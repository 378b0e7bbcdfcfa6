/// A run as `runs/get` and `runs/search` answer it.
package struct WireRun: Codable, Sendable, Equatable {
    /// What the run is.
    package var info: WireRunInfo
    /// What it logged; nil where the answer leaves it out.
    package var data: WireRunData?
    /// What went into it; nil where the answer leaves it out.
    package var inputs: WireRunInputs?
    /// What it has made; nil where the answer leaves it out.
    package var outputs: WireRunOutputs?

    /// A run with what it logged.
    package init(
        info: WireRunInfo, data: WireRunData? = nil, inputs: WireRunInputs? = nil, outputs: WireRunOutputs? = nil
    ) {
        self.info = info
        self.data = data
        self.inputs = inputs
        self.outputs = outputs
    }

    /// Inputs and outputs that are written otherwise than expected count as left out: a run is worth more than they.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        info = try container.decode(WireRunInfo.self, forKey: .info)
        data = try container.decodeIfPresent(WireRunData.self, forKey: .data)
        inputs = try? container.decodeIfPresent(WireRunInputs.self, forKey: .inputs)
        outputs = try? container.decodeIfPresent(WireRunOutputs.self, forKey: .outputs)
    }
}

/// What a run is, without what it logged.
package struct WireRunInfo: Codable, Sendable, Equatable {
    /// The server's id; up to 32 hexadecimal digits in practice.
    package var runID: String
    /// Empty where the server leaves it out.
    package var experimentID: String
    /// Nil from servers before 1.30, which keep it in a tag.
    package var name: String?
    /// Who started it, as MLflow's client says.
    package var user: String?
    /// `RUNNING`, `SCHEDULED`, `FINISHED`, `FAILED`, `KILLED`, or a word of a later server.
    package var status: String?
    /// Milliseconds since 1970.
    package var startTime: Int64?
    /// Milliseconds since 1970; 0 or nil while it runs.
    package var endTime: Int64?
    /// Where its artifacts are: a URI or a path of the server.
    package var artifactURI: String?
    /// `active` or `deleted`.
    package var lifecycleStage: String?

    /// For servers and tests; what a server leaves out is nil.
    package init(
        runID: String, experimentID: String, name: String? = nil, user: String? = nil, status: String? = nil,
        startTime: Int64? = nil, endTime: Int64? = nil, artifactURI: String? = nil, lifecycleStage: String? = nil
    ) {
        self.runID = runID
        self.experimentID = experimentID
        self.name = name
        self.user = user
        self.status = status
        self.startTime = startTime
        self.endTime = endTime
        self.artifactURI = artifactURI
        self.lifecycleStage = lifecycleStage
    }

    private enum CodingKeys: String, CodingKey {
        case runID = "run_id"
        /// The name that 1.x servers use alone and later ones repeat.
        case runUUID = "run_uuid"
        case experimentID = "experiment_id"
        case name = "run_name"
        case user = "user_id"
        case status
        case startTime = "start_time"
        case endTime = "end_time"
        case artifactURI = "artifact_uri"
        case lifecycleStage = "lifecycle_stage"
    }

    /// Throws where no id is told under either name.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let id = try container.decodeIfPresent(String.self, forKey: .runID) {
            runID = id
        } else {
            runID = try container.decode(String.self, forKey: .runUUID)
        }
        experimentID = try container.decodeIfPresent(String.self, forKey: .experimentID) ?? ""
        name = try container.decodeIfPresent(String.self, forKey: .name)
        user = try container.decodeIfPresent(String.self, forKey: .user)
        status = try container.decodeIfPresent(String.self, forKey: .status)
        startTime = try container.decodeIfPresent(LenientInteger.self, forKey: .startTime)?.value
        endTime = try container.decodeIfPresent(LenientInteger.self, forKey: .endTime)?.value
        artifactURI = try container.decodeIfPresent(String.self, forKey: .artifactURI)
        lifecycleStage = try container.decodeIfPresent(String.self, forKey: .lifecycleStage)
    }

    /// Tells the id under both names.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(runID, forKey: .runID)
        try container.encode(runID, forKey: .runUUID)
        try container.encode(experimentID, forKey: .experimentID)
        try container.encodeIfPresent(name, forKey: .name)
        try container.encodeIfPresent(user, forKey: .user)
        try container.encodeIfPresent(status, forKey: .status)
        try container.encodeIfPresent(startTime, forKey: .startTime)
        try container.encodeIfPresent(endTime, forKey: .endTime)
        try container.encodeIfPresent(artifactURI, forKey: .artifactURI)
        try container.encodeIfPresent(lifecycleStage, forKey: .lifecycleStage)
    }
}

/// What a run logged.
package struct WireRunData: Codable, Sendable, Equatable {
    /// The newest point of each; nil for none.
    package var metrics: [WireMetric]?
    /// Nil for none.
    package var params: [WireEntry]?
    /// Nil for none.
    package var tags: [WireEntry]?

    /// What a run logged.
    package init(metrics: [WireMetric]? = nil, params: [WireEntry]? = nil, tags: [WireEntry]? = nil) {
        self.metrics = metrics
        self.params = params
        self.tags = tags
    }
}
