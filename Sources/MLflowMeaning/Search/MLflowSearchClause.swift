/// One comparison of a search in MLflow's own grammar, checked as MLflow's server checks it.
package struct MLflowSearchClause: Sendable, Equatable {
    /// What of a run, an experiment or a model is compared.
    package enum Kind: String, Sendable {
        case attribute, metric, parameter, tag, dataset
    }

    /// What it is compared with.
    package enum Value: Sendable, Equatable {
        case text(String)
        case number(Double)
        case integer(Int64)
        case texts([String])
        /// Of `IS NULL` and `IS NOT NULL`.
        case nothing
    }

    /// What is compared.
    package var kind: Kind
    /// Without quotes; one of the grammar's own words for an attribute.
    package var key: String
    /// In upper case: `=`, `!=`, `<`, `<=`, `>`, `>=`, `LIKE`, `ILIKE`, `IN`, `NOT IN`, `IS NULL`, `IS NOT NULL`.
    package var comparator: String
    /// What it is compared with.
    package var value: Value

    /// A comparison that is taken as it is.
    package init(_ kind: Kind, _ key: String, _ comparator: String, _ value: Value) {
        self.kind = kind
        self.key = key
        self.comparator = comparator
        self.value = value
    }
}

/// One key that a search is ordered by.
package struct MLflowSearchOrder: Sendable, Equatable {
    /// What is compared.
    package var kind: MLflowSearchClause.Kind
    /// Without quotes.
    package var key: String
    /// Whether the greatest comes first.
    package var isDescending: Bool
}

/// Why a text is no search, in the words of MLflow's server, which its clients and tests look for.
package struct MLflowSearchError: Error, Equatable, Sendable {
    /// For a person.
    package let message: String

    /// An error with MLflow's words.
    package init(_ message: String) { self.message = message }
}
