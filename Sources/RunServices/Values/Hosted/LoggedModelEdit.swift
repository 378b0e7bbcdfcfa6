package import RunModel

/// What is to change of one logged model, applied all or not at all.
package struct LoggedModelEdit: Sendable, Equatable {
    /// Nil leaves the status.
    package var status: LoggedModel.Status?
    /// In their order; the last one of a key counts.
    package var tags: [TagEdit]
    /// Write-once, as those of runs.
    package var params: Params

    /// An edit of the parts that are given.
    package init(status: LoggedModel.Status? = nil, tags: [TagEdit] = [], params: Params = Params()) {
        self.status = status
        self.tags = tags
        self.params = params
    }
}
