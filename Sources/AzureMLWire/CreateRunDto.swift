/// A run to be made or changed; what is nil stays as it is.
package struct CreateRunDto: Codable, Sendable, Equatable {
    /// Chosen by the client; the path says it too.
    package var runId: String?
    /// Makes it a child.
    package var parentRunId: String?
    /// Where it is in its life.
    package var status: String?
    /// When it started, as the client says.
    package var startTimeUtc: AzureTime?
    /// When it ended, as the client says.
    package var endTimeUtc: AzureTime?
    /// Whether the client will say now and then that it lives.
    package var heartbeatEnabled: Bool?
    /// Given once.
    package var name: String?
    /// What people call it.
    package var displayName: String?
    /// For people.
    package var description: String?
    /// Whether it is left out of lists.
    package var hidden: Bool?
    /// Which class of the client it is.
    package var runType: String?
    /// What makes it.
    package var runTypeV2: RunTypeV2?
    /// Added to those it has.
    package var properties: [String: AzureText]?
    /// What it runs.
    package var scriptName: String?
    /// Where it runs.
    package var target: String?
    /// Added to those it has; a null is a key alone.
    package var tags: [String: AzureText?]?
    /// Inputs of the run.
    package var inputDatasets: AzureJSON?
    /// Outputs of the run.
    package var outputDatasets: AzureJSON?
    /// How it was submitted.
    package var runDefinition: AzureJSON?
    /// The metric that a sweep compares runs by.
    package var primaryMetricName: String?
    /// What it is made from.
    package var createdFrom: AzureJSON?
    /// Where a cancel is to be posted.
    package var cancelUri: String?

    /// A change of nothing.
    package init(runId: String? = nil) { self.runId = runId }
}

/// Runs to be made or changed together.
package struct BatchAddOrModifyRunRequestDto: Codable, Sendable, Equatable {
    /// At most 100, as the client sends them.
    package var runs: [CreateRunDto]

    /// A batch of these.
    package init(runs: [CreateRunDto]) { self.runs = runs }
}

/// What became of a batch of runs, by their ids.
package struct BatchAddOrModifyRunResultDto: Codable, Sendable, Equatable {
    /// As they are now.
    package var runs: [String: RunDto]
    /// Those that were refused.
    package var errors: [String: ErrorResponse]

    /// An answer for each run.
    package init(runs: [String: RunDto], errors: [String: ErrorResponse] = [:]) {
        self.runs = runs
        self.errors = errors
    }
}

/// Tags of a run to be set and taken away at once.
package struct ModifyTagsDto: Codable, Sendable, Equatable {
    /// Added to those it has; a null is a key alone.
    package var tagsToModify: [String: AzureText?]?
    /// Keys that are to go.
    package var tagsToDelete: [String]?
}
