package import RunModel

/// A question about logged models: which, in what order, and how many at a time.
package struct LoggedModelSearch: Sendable, Equatable {
    /// What a model is compared by.
    package enum Key: Sendable, Equatable {
        case name, id, modelType, status, sourceRun, created, updated
        /// The newest value over all runs and data sets; `dataset` narrows it to one name and, where given, digest.
        case metric(String, datasetName: String? = nil, datasetDigest: String? = nil)
        case param(String)
        case tag(String)
    }

    /// One comparison; all of them have to hold.
    package struct Condition: Sendable, Equatable {
        /// What is compared.
        package var key: Key
        /// How it is compared.
        package var comparator: FilterComparator
        /// Texts, or numbers for times and metrics.
        package var values: [FilterValue]

        /// One comparison.
        package init(_ key: Key, _ comparator: FilterComparator, _ values: [FilterValue]) {
            self.key = key
            self.comparator = comparator
            self.values = values
        }
    }

    /// One of the things that models are ordered by; missing values come last.
    package struct Order: Sendable, Equatable {
        /// What is compared.
        package var key: Key
        /// Whether the greatest comes first.
        package var isDescending: Bool

        /// An order by one key.
        package init(_ key: Key, isDescending: Bool = false) {
            self.key = key
            self.isDescending = isDescending
        }
    }

    /// A data set, or all of one name.
    package struct DatasetName: Sendable, Equatable {
        /// Of the data set.
        package var name: String
        /// Nil for any.
        package var digest: String?

        /// A data set by its name and, where given, its digest.
        package init(_ name: String, digest: String? = nil) {
            self.name = name
            self.digest = digest
        }
    }

    /// The models of these experiments.
    package var experiments: [ExperimentID]
    /// All have to hold.
    package var conditions: [Condition]
    /// Where there are any, metrics count only as measured on one of them, and one such there must be.
    package var datasets: [DatasetName]
    /// What decides first comes first; then, and where it is empty, the newest comes first.
    package var order: [Order]
    /// The greatest number of models in the answer.
    package var limit: Int
    /// Where the answer continues; nil for the first page.
    package var page: PageToken?

    /// A question for one page of at most `limit` models.
    package init(
        in experiments: [ExperimentID], matching conditions: [Condition] = [], on datasets: [DatasetName] = [],
        order: [Order] = [], limit: Int, page: PageToken? = nil
    ) {
        self.experiments = experiments
        self.conditions = conditions
        self.datasets = datasets
        self.order = order
        self.limit = limit
        self.page = page
    }
}
