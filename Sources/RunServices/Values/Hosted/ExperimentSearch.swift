/// A question about experiments: which, in what order, and how many at a time.
package struct ExperimentSearch: Sendable, Equatable {
    /// Nil lets every experiment pass.
    package var condition: ExperimentCondition?
    /// Whether deleted ones are shown.
    package var view: LifecycleView
    /// What decides first comes first; then, and where it is empty, the newest comes first, then the lowest id.
    package var order: [ExperimentOrder]
    /// The greatest number of experiments in the answer.
    package var limit: Int
    /// Where the answer continues; nil for the first page.
    package var page: PageToken?

    /// A question for one page of at most `limit` experiments.
    package init(
        matching condition: ExperimentCondition? = nil, view: LifecycleView = .active, order: [ExperimentOrder] = [],
        limit: Int, page: PageToken? = nil
    ) {
        self.condition = condition
        self.view = view
        self.order = order
        self.limit = limit
        self.page = page
    }
}
