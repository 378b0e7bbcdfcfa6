/// Where each service of a workspace is: a flat map of base URLs.
package struct DiscoveryAnswer: Codable, Sendable, Equatable {
    /// The API gateway, and MLflow below it.
    package var api: String
    /// Credentials and environments.
    package var experimentation: String
    /// Run history, metrics, artifacts, execution and snapshots.
    package var history: String
    /// Sweeps.
    package var hyperdrive: String
    /// Models.
    package var modelmanagement: String
    /// Pages for people.
    package var studio: String

    /// One server that is all of them.
    package init(everythingAt base: String) {
        api = base
        experimentation = base
        history = base
        hyperdrive = base
        modelmanagement = base
        studio = base
    }
}
