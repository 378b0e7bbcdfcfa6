/// A filter as data: adapters read it to push down what their backend can evaluate.
package indirect enum FilterExpression: Sendable, Equatable {
    /// Every one holds; the empty list is the empty filter, which every run passes.
    case and([FilterExpression])
    /// At least one holds.
    case or([FilterExpression])
    case not(FilterExpression)
    case comparison(FilterComparison)
    /// The run's name or id contains the text, in any letter case.
    case bareWord(String)
}

/// One `key operator value`.
package struct FilterComparison: Sendable, Equatable {
    /// What of a run is compared.
    package var key: FilterKey
    /// How it is compared.
    package var comparator: FilterComparator
    /// One value; one or more for `IN` and `NOT IN`; none for `IS NULL` and `IS NOT NULL`.
    package var values: [FilterValue]

    /// One comparison.
    package init(_ key: FilterKey, _ comparator: FilterComparator, _ values: [FilterValue]) {
        self.key = key
        self.comparator = comparator
        self.values = values
    }
}

/// How a key is compared with a value; the raw value is its canonical spelling.
package enum FilterComparator: String, Sendable, CaseIterable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    /// Contains, in any letter case; equality for numbers, "within" for dates.
    case contains = ":"
    /// A regular expression matches somewhere.
    case matches = "~"
    case notMatches = "!~"
    /// Letter case counts; `%` is any text and `_` any one character.
    case like = "LIKE"
    case notLike = "NOT LIKE"
    case ilike = "ILIKE"
    case notILike = "NOT ILIKE"
    case isIn = "IN"
    case isNotIn = "NOT IN"
    case isNull = "IS NULL"
    case isNotNull = "IS NOT NULL"

    /// Whether it asks for less or more rather than for the same.
    package var isOrdering: Bool {
        switch self {
        case .less, .lessOrEqual, .greater, .greaterOrEqual: true
        default: false
        }
    }

    /// The comparator that holds where this negated one does not, given that there is a value at all.
    var positive: FilterComparator? {
        switch self {
        case .notEqual: .equal
        case .notMatches: .matches
        case .notLike: .like
        case .notILike: .ilike
        case .isNotIn: .isIn
        default: nil
        }
    }
}

/// What a key is compared with, already understood by the kind of the key.
package enum FilterValue: Sendable, Equatable {
    case text(String)
    case number(Double)
    /// `nan`, which only metrics can be.
    case notANumber
    /// A length of time, in milliseconds.
    case duration(Int64)
    case moment(FilterMoment)
}
