package import RunModel

/// The folder that a path of an artifact starts from.
package enum ArtifactRoot: Sendable, Hashable {
    /// The run's own files.
    case run(RunID)
    /// A logged model's own files.
    case model(String)
    /// All files, as the paths of MLflow's artifact proxy name them: `EXPERIMENT/RUN/artifacts/…` and
    /// `EXPERIMENT/models/MODEL/artifacts/…`.
    case all
    /// Parts of an upload until it is whole, by an id of one path component; gone some days later at the latest.
    case upload(String)
}
