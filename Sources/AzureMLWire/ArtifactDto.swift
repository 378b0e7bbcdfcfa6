/// A file of a run.
package struct ArtifactDto: Codable, Sendable, Equatable {
    /// Origin, container and path in one.
    package var artifactId: String
    /// `ExperimentRun`.
    package var origin: String
    /// The run's data container.
    package var container: String
    /// With `/` between folders.
    package var path: String
    /// When it was made; nil where nothing tells.
    package var createdTime: AzureTime?

    /// A file of a container.
    package init(origin: String, container: String, path: String, createdTime: AzureTime? = nil) {
        artifactId = "\(origin)/\(container)/\(path)"
        self.origin = origin
        self.container = container
        self.path = path
        self.createdTime = createdTime
    }
}

/// Where a file's content is read or written.
package struct ArtifactContentInformationDto: Codable, Sendable, Equatable {
    /// A URL that needs no header.
    package var contentUri: String
    /// `ExperimentRun`.
    package var origin: String
    /// The run's data container.
    package var container: String
    /// With `/` between folders.
    package var path: String

    /// The content of a file.
    package init(contentUri: String, origin: String, container: String, path: String) {
        self.contentUri = contentUri
        self.origin = origin
        self.container = container
        self.path = path
    }
}

/// Files that are about to be written.
package struct BatchArtifactCreateCommand: Codable, Sendable, Equatable {
    /// The files.
    package var paths: [Path]

    /// The path of a file.
    package struct Path: Codable, Sendable, Equatable {
        /// With `/` between folders.
        package var path: String
    }
}

/// Where files are to be written, by their paths.
package struct BatchArtifactContentInformationDto: Codable, Sendable, Equatable {
    /// The files.
    package var artifacts: [String: ArtifactDto]
    /// Where to write them.
    package var artifactContentInformation: [String: ArtifactContentInformationDto]
    /// Those that were refused.
    package var errors: [String: ErrorResponse]

    /// An answer for each file.
    package init(
        artifacts: [String: ArtifactDto], artifactContentInformation: [String: ArtifactContentInformationDto],
        errors: [String: ErrorResponse] = [:]
    ) {
        self.artifacts = artifacts
        self.artifactContentInformation = artifactContentInformation
        self.errors = errors
    }
}
