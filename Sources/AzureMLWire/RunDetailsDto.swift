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

    private enum CodingKeys: String, CodingKey {
        case runId, target, status, startTimeUtc, endTimeUtc, error, warnings, properties, inputDatasets, outputDatasets
        case runDefinition, logFiles
    }

    /// Takes what is there and understood. Throws for what has no id.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        runId = try container.decode(String.self, forKey: .runId)
        target = container.lenient(.target)
        status = container.lenient(.status) ?? "Unknown"
        startTimeUtc = container.lenient(.startTimeUtc)
        endTimeUtc = container.lenient(.endTimeUtc)
        error = container.lenient(.error)
        warnings = container.lenient(.warnings)
        properties = container.lenient(.properties, as: LenientTexts.self)?.texts.compactMapValues(\.self) ?? [:]
        inputDatasets = container.lenient(.inputDatasets)
        outputDatasets = container.lenient(.outputDatasets)
        runDefinition = container.lenient(.runDefinition)
        logFiles = container.lenient(.logFiles, as: LenientTexts.self)?.texts.compactMapValues { $0?.text } ?? [:]
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
