/// Whether an experiment or a run is there for everyone, or was deleted and can be restored.
package enum LifecycleStage: String, Sendable {
    case active
    case deleted
}

/// Which stages a listing shows.
package enum LifecycleView: Sendable {
    case active
    case deleted
    case all
}
