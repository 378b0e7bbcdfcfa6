/// A run with what its own page shows.
package struct RunDetailsDto: Codable, Sendable, Equatable {
    /// The run.
    package var runId: String
    /// Where it runs.
    package var target: String?
    /// Where it is in its life.
    package var status: String
    /// Nil before it starts.
    package var startTimeUtc: AzureTime?
    /// Nil while it is not over.
    package var endTimeUtc: AzureTime?
    /// Why it failed.
    package var error: ErrorResponse?
    /// What it warned of.
    package var warnings: [RunWarningDto]?
    /// Facts that never change.
    package var properties: [String: AzureText]
    /// Inputs of the run.
    package var inputDatasets: AzureJSON?
    /// Outputs of the run.
    package var outputDatasets: AzureJSON?
    /// How it was submitted.
    package var runDefinition: AzureJSON?
    /// The addresses of its logs by their paths; they are read without a header that names the reader.
    package var logFiles: [String: String]

    /// The details of a run.
    package init(_ run: RunDto, logFiles: [String: String]) {
        runId = run.runId
        target = run.target
        status = run.status
        startTimeUtc = run.startTimeUtc
        endTimeUtc = run.endTimeUtc
        error = run.error
        warnings = run.warnings
        properties = run.properties
        inputDatasets = run.inputDatasets ?? .list([])
        outputDatasets = run.outputDatasets ?? .list([])
        runDefinition = run.runDefinition
        self.logFiles = logFiles
    }
}

/// A token for the processes of a run.
package struct TokenResult: Codable, Sendable, Equatable {
    /// As it goes into the header.
    package var token: String
    /// When it ends.
    package var expiryTimeUtc: AzureTime

    /// A token that ends.
    package init(token: String, expiryTimeUtc: AzureTime) {
        self.token = token
        self.expiryTimeUtc = expiryTimeUtc
    }
}
