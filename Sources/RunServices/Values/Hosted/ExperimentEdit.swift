/// What is to change of one experiment, applied all or not at all.
package struct ExperimentEdit: Sendable, Equatable {
    /// Nil leaves the name.
    package var name: String?
    /// In their order; the last one of a key counts.
    package var tags: [TagEdit]
    /// Deletes it with its runs, or restores it with them; nil leaves it. What it is already succeeds.
    package var stage: LifecycleStage?

    /// An edit of the parts that are given.
    package init(name: String? = nil, tags: [TagEdit] = [], stage: LifecycleStage? = nil) {
        self.name = name
        self.tags = tags
        self.stage = stage
    }
}
