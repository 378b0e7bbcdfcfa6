/// Tags that MLflow's machinery keeps among a run's (`mlflow.source.name`), which no list of tags shows.
package enum MachineTag {
    /// What all of them begin with.
    package static let prefix = "mlflow."

    /// Whether a key is one of theirs. The description begins as they do, but is a person's.
    package static func isOne(_ key: String) -> Bool { key.hasPrefix(prefix) && key != RunEdit.descriptionTag }
}
