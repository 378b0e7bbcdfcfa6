/// One way to go on with a filter that is being typed.
package struct FilterCompletion: Sendable, Equatable {
    /// What to put in place of `range`.
    package let replacement: String
    /// What it replaces, in Characters of the text; empty at the cursor when a new word starts there.
    package let range: Range<Int>

    /// One way to go on.
    package init(replacement: String, range: Range<Int>) {
        self.replacement = replacement
        self.range = range
    }
}

/// What the runs at hand contain, for completion; every list in the order in which it is to be offered.
package struct FilterVocabulary: Sendable, Equatable {
    /// Keys of tags.
    package var tagKeys: [String]
    /// Keys of parameters.
    package var paramKeys: [String]
    /// Keys of properties.
    package var propertyKeys: [String]
    /// Keys of metrics.
    package var metricKeys: [String]
    /// Who started runs.
    package var users: [String]
    /// Names of experiments.
    package var experiments: [String]
    /// Known values by key of the tag.
    package var tagValues: [String: [String]]

    /// What is known; what is left out is offered nowhere.
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
