/// An experiment as every answer tells it.
package struct WireExperiment: Codable, Sendable, Equatable {
    /// The server's id, digits in practice.
    package var experimentID: String
    /// Empty where the server leaves it out.
    package var name: String
    /// Where runs of it keep artifacts: a URI or a path of the server.
    package var artifactLocation: String?
    /// `active` or `deleted`.
    package var lifecycleStage: String?
    /// Milliseconds since 1970; absent from servers before 1.29.
    package var creationTime: Int64?
    /// Milliseconds since 1970, of the last change of the name or stage.
    package var lastUpdateTime: Int64?
    /// Nil for none.
    package var tags: [WireEntry]?
    /// Of servers with workspaces, from 3.10 on.
    package var workspace: String?

    /// For servers and tests; what a server leaves out is nil.
    package init(
        experimentID: String, name: String, artifactLocation: String? = nil, lifecycleStage: String? = nil,
        creationTime: Int64? = nil, lastUpdateTime: Int64? = nil, tags: [WireEntry]? = nil,
        workspace: String? = nil
    ) {
        self.experimentID = experimentID
        self.name = name
        self.artifactLocation = artifactLocation
        self.lifecycleStage = lifecycleStage
        self.creationTime = creationTime
        self.lastUpdateTime = lastUpdateTime
        self.tags = tags
        self.workspace = workspace
    }

    private enum CodingKeys: String, CodingKey {
        case experimentID = "experiment_id"
        case name
        case artifactLocation = "artifact_location"
        case lifecycleStage = "lifecycle_stage"
        case creationTime = "creation_time"
        case lastUpdateTime = "last_update_time"
        case tags, workspace
    }

    /// Throws where the id is missing; times may be strings or fractions.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        experimentID = try container.decode(String.self, forKey: .experimentID)
        name = try container.decodeIfPresent(String.self, forKey: .name) ?? ""
        artifactLocation = try container.decodeIfPresent(String.self, forKey: .artifactLocation)
        lifecycleStage = try container.decodeIfPresent(String.self, forKey: .lifecycleStage)
        creationTime = try container.decodeIfPresent(LenientInteger.self, forKey: .creationTime)?.value
        lastUpdateTime = try container.decodeIfPresent(LenientInteger.self, forKey: .lastUpdateTime)?.value
        tags = try container.decodeIfPresent([WireEntry].self, forKey: .tags)
        workspace = try container.decodeIfPresent(String.self, forKey: .workspace)
    }
}
