/// An experiment.
package struct ExperimentDto: Codable, Sendable, Equatable {
    /// Stays when the experiment is renamed.
    package var experimentId: String
    /// Unique in its workspace.
    package var name: String
    /// For people.
    package var description: String?
    /// When it was made.
    package var createdUtc: AzureTime?
    /// Nil while it is in use.
    package var archivedTime: AzureTime?
    /// What people marked it with; nil values are keys alone.
    package var tags: [String: AzureText?]?

    /// An experiment as the service tells of it.
    package init(
        experimentId: String, name: String, description: String? = nil, createdUtc: AzureTime? = nil,
        archivedTime: AzureTime? = nil, tags: [String: AzureText?]? = nil
    ) {
        self.experimentId = experimentId
        self.name = name
        self.description = description
        self.createdUtc = createdUtc
        self.archivedTime = archivedTime
        self.tags = tags
    }

    private enum CodingKeys: String, CodingKey {
        case experimentId, name, description, createdUtc, archivedTime, tags
    }

    /// Takes what is there and understood. Throws for what has no id or no name.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        experimentId = try container.decode(String.self, forKey: .experimentId)
        name = try container.decode(String.self, forKey: .name)
        description = container.lenient(.description)
        createdUtc = container.lenient(.createdUtc)
        archivedTime = container.lenient(.archivedTime)
        tags = container.lenient(.tags, as: LenientTexts.self)?.texts
    }
}

/// What is to change of an experiment; what is nil stays.
package struct ModifyExperimentDto: Codable, Sendable, Equatable {
    /// Another name.
    package var name: String?
    /// Another description.
    package var description: String?
    /// True puts it away, false brings it back.
    package var archive: Bool?
    /// Added to those it has.
    package var tags: [String: AzureText?]?
}

/// Keys of tags that are to go.
package struct DeleteTagsCommand: Codable, Sendable, Equatable {
    /// The keys.
    package var tags: [String]
}
