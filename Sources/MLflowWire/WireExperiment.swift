package struct WireExperiment: Codable, Sendable, Equatable {
    package var experimentID: String
    package var name: String
    package var artifactLocation: String?
    package var lifecycleStage: String?
    /// Milliseconds since 1970; absent from servers before 1.29.
    package var creationTime: Int64?

    package init(
        experimentID: String, name: String, artifactLocation: String? = nil, lifecycleStage: String? = nil,
        creationTime: Int64? = nil
    ) {
        self.experimentID = experimentID
        self.name = name
        self.artifactLocation = artifactLocation
        self.lifecycleStage = lifecycleStage
        self.creationTime = creationTime
    }

    private enum CodingKeys: String, CodingKey {
        case experimentID = "experiment_id"
        case name
        case artifactLocation = "artifact_location"
        case lifecycleStage = "lifecycle_stage"
        case creationTime = "creation_time"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        experimentID = try container.decode(String.self, forKey: .experimentID)
        name = try container.decodeIfPresent(String.self, forKey: .name) ?? ""
        artifactLocation = try container.decodeIfPresent(String.self, forKey: .artifactLocation)
        lifecycleStage = try container.decodeIfPresent(String.self, forKey: .lifecycleStage)
        creationTime = try container.decodeIfPresent(LenientInteger.self, forKey: .creationTime)?.value
    }
}
