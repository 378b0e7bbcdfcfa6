package import RunModel

/// A question about runs as their host keeps them: which, in what order, and how many at a time.
package struct RunSearch: Sendable, Equatable {
    /// The runs that a question is about, before a condition.
    package enum Subject: Sendable, Equatable {
        /// The runs of these experiments as far as they exist; nil asks for those of all.
        case experiments([ExperimentID]?)
        /// The children of a run, or all its descendants. Throws `notFound` for a run that does not exist.
        case children(of: RunID, recursive: Bool)
        /// The runs with these ids as far as they exist.
        case runs([RunID])
    }

    /// The runs asked about.
    package var subject: Subject
    /// Nil lets every run pass.
    package var condition: RunCondition?
    /// Whether deleted runs are shown.
    package var view: LifecycleView
    /// Whether runs are shown whose document says that they are hidden.
    package var includesHidden: Bool
    /// What decides first comes first; then, and where it is empty, the newest start comes first, then the lowest id.
    package var order: [RunOrder]
    /// The greatest number of runs in the answer.
    package var limit: Int
    /// Where the answer continues; nil for the first page. Only good for the same question.
    package var page: PageToken?

    /// A question for one page of at most `limit` runs.
    package init(
        _ subject: Subject, matching condition: RunCondition? = nil, view: LifecycleView = .active,
        includesHidden: Bool = true, order: [RunOrder] = [], limit: Int, page: PageToken? = nil
    ) {
        self.subject = subject
        self.condition = condition
        self.view = view
        self.includesHidden = includesHidden
        self.order = order
        self.limit = limit
        self.page = page
    }
}
