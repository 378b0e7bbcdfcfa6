/// One way to go on with a filter that is being typed.
package struct FilterCompletion: Sendable, Equatable {
    /// What to put in place of `range`.
    package let replacement: String
    /// What it replaces, in Characters of the text; empty at the cursor when a new word starts there.
    package let range: Range<Int>

    package init(replacement: String, range: Range<Int>) {
        self.replacement = replacement
        self.range = range
    }
}

/// What the runs at hand contain, for completion; every list in the order in which it is to be offered.
package struct FilterVocabulary: Sendable, Equatable {
    package var tagKeys: [String]
    package var paramKeys: [String]
    package var propertyKeys: [String]
    package var metricKeys: [String]
    package var users: [String]
    package var experiments: [String]
    /// Known values by key of the tag.
    package var tagValues: [String: [String]]

    package init(
        tagKeys: [String] = [], paramKeys: [String] = [], propertyKeys: [String] = [], metricKeys: [String] = [],
        users: [String] = [], experiments: [String] = [], tagValues: [String: [String]] = [:]
    ) {
        self.tagKeys = tagKeys
        self.paramKeys = paramKeys
        self.propertyKeys = propertyKeys
        self.metricKeys = metricKeys
        self.users = users
        self.experiments = experiments
        self.tagValues = tagValues
    }
}
