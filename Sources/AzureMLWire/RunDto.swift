/// A run as the service answers it.
package struct RunDto: Codable, Sendable, Equatable {
    /// Counts up within the experiment.
    package var runNumber: Int
    /// The topmost ancestor; the run itself when it has no parent.
    package var rootRunId: String
    /// Of the experiment it belongs to.
    package var experimentId: String?
    /// When it was made.
    package var createdUtc: AzureTime?
    /// The person who made it, as a number.
    package var userId: String?
    /// The person who made it.
    package var createdBy: UserDto?
    /// Why it failed.
    package var error: ErrorResponse?
    /// What it warned of.
    package var warnings: [RunWarningDto]?
    /// Chosen by the client.
    package var runId: String
    /// Nil for a root.
    package var parentRunId: String?
    /// Where it is in its life.
    package var status: String
    /// Nil before it starts.
    package var startTimeUtc: AzureTime?
    /// Nil while it is not over.
    package var endTimeUtc: AzureTime?
    /// Whether a client must say now and then that it lives.
    package var heartbeatEnabled: Bool
    /// Given when it was made.
    package var name: String?
    /// What people call it.
    package var displayName: String?
    /// Where its artifacts are.
    package var dataContainerId: String
    /// For people.
    package var description: String?
    /// Whether it is left out of lists.
    package var hidden: Bool
    /// Which class of the client it is.
    package var runType: String?
    /// What made it.
    package var runTypeV2: RunTypeV2?
    /// Facts that never change.
    package var properties: [String: AzureText]
    /// What it runs.
    package var scriptName: String?
    /// Where it runs.
    package var target: String?
    /// What people marked it with; nil values are keys alone, and are sent as null.
    package var tags: [String: AzureText?]
    /// How it was submitted.
    package var runDefinition: AzureJSON?
    /// The metric that a sweep compares runs by.
    package var primaryMetricName: String?
    /// What it was made from.
    package var createdFrom: AzureJSON?
    /// Where a cancel is to be posted; nil where an event does it.
    package var cancelUri: String?
    /// Inputs of the run.
    package var inputDatasets: AzureJSON?
    /// Outputs of the run.
    package var outputDatasets: AzureJSON?
    /// Why it waits.
    package var queueingInfo: QueueingInfoDto?

    enum CodingKeys: String, CodingKey {
        case runNumber, rootRunId, experimentId, createdUtc, userId, createdBy, error, warnings, runId, parentRunId
        case status, startTimeUtc, endTimeUtc, heartbeatEnabled, name, displayName, dataContainerId, description, hidden
        case runType, runTypeV2, properties, scriptName, target, tags, runDefinition, primaryMetricName, createdFrom
        case cancelUri, inputDatasets, outputDatasets, queueingInfo
    }

    /// A run of which only what every client needs is known.
    package init(
        runId: String, runNumber: Int, rootRunId: String, status: String, dataContainerId: String
    ) {
        self.runId = runId
        self.runNumber = runNumber
        self.rootRunId = rootRunId
        self.status = status
        self.dataContainerId = dataContainerId
        heartbeatEnabled = false
        hidden = false
        properties = [:]
        tags = [:]
    }
}

/// What made a run.
package struct RunTypeV2: Codable, Sendable, Equatable {
    /// Such as `External`.
    package var orchestrator: String?
    /// Words of the client.
    package var traits: [String]?

    /// Made by this orchestrator.
    package init(orchestrator: String?, traits: [String]? = nil) {
        self.orchestrator = orchestrator
        self.traits = traits
    }
}

/// A person.
package struct UserDto: Codable, Sendable, Equatable {
    /// For programs.
    package var userObjectId: String?
    /// The person's organisation.
    package var userTenantId: String?
    /// For people.
    package var userName: String?

    /// A person of this name.
    package init(userObjectId: String?, userTenantId: String? = nil, userName: String?) {
        self.userObjectId = userObjectId
        self.userTenantId = userTenantId
        self.userName = userName
    }
}

/// What a run warned of.
package struct RunWarningDto: Codable, Sendable, Equatable {
    /// Who warned.
    package var source: String?
    /// Of what.
    package var message: String?

    /// A warning.
    package init(source: String?, message: String?) {
        self.source = source
        self.message = message
    }
}

/// Why a run waits.
package struct QueueingInfoDto: Codable, Sendable, Equatable {
    /// For programs.
    package var code: String?
    /// For people.
    package var message: String?

    /// A reason to wait.
    package init(code: String?, message: String?) {
        self.code = code
        self.message = message
    }
}
