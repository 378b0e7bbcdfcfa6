/// A data set that a run read, as MLflow describes it; one for each name and digest in an experiment.
package struct Dataset: Sendable, Equatable {
    /// What people call it.
    package var name: String
    /// Tells versions of it apart.
    package var digest: String
    /// What kind of thing `source` names.
    package var sourceType: String
    /// Where it came from, mostly as JSON.
    package var source: String
    /// Its columns, mostly as JSON.
    package var schema: String?
    /// Counts and the like, mostly as JSON.
    package var profile: String?

    /// A data set of these parts.
    package init(
        name: String, digest: String, sourceType: String, source: String, schema: String? = nil, profile: String? = nil
    ) {
        self.name = name
        self.digest = digest
        self.sourceType = sourceType
        self.source = source
        self.schema = schema
        self.profile = profile
    }
}
