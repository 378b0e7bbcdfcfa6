/// Something that happened to a run.
package struct RunEventDto: Codable, Sendable, Equatable {
    /// When the client saw it.
    package var timestamp: AzureTime?
    /// With the prefix `Microsoft.MachineLearning.Run.`.
    package var name: String
    /// What happened.
    package var data: Content?

    /// An event of this name, with its prefix.
    package init(timestamp: AzureTime?, name: String, data: Content?) {
        self.timestamp = timestamp
        self.name = name
        self.data = data
    }

    /// What an event tells; which of it depends on its name.
    package struct Content: Codable, Sendable, Equatable {
        /// Of the run, for events in a batch.
        package var runID: String?
        /// Of a start.
        package var startTime: AzureTime?
        /// Of an end.
        package var endTime: AzureTime?
        /// Of an error.
        package var errorResponse: ErrorResponse?
        /// Of a warning.
        package var source: String?
        /// Of a warning.
        package var message: String?
        /// Of a heartbeat: how long to wait for the next one.
        package var timeToLiveSeconds: Int?

        /// Tells nothing yet.
        package init() {}

        private enum CodingKeys: String, CodingKey {
            case runID = "RunId"
            case startTime = "StartTime"
            case endTime = "EndTime"
            case errorResponse = "ErrorResponse"
            case source = "Source"
            case message = "Message"
            case timeToLiveSeconds = "TimeToLiveSeconds"
        }
    }

    /// The name without its prefix.
    package var kind: Substring {
        let prefix = "Microsoft.MachineLearning.Run."
        return name.hasPrefix(prefix) ? name.dropFirst(prefix.count) : name[...]
    }
}

/// Events of several runs.
package struct BatchEventCommandDto: Codable, Sendable, Equatable {
    /// Each names its run.
    package var events: [RunEventDto]
}

/// What became of a batch of events.
package struct BatchEventCommandResultDto: Codable, Sendable, Equatable {
    /// Those that were refused.
    package var errors: [Refusal]

    /// An event and why it was refused.
    package struct Refusal: Codable, Sendable, Equatable {
        /// The event.
        package var key: RunEventDto
        /// The reason.
        package var value: ErrorResponse

        /// An event that was refused.
        package init(key: RunEventDto, value: ErrorResponse) {
            self.key = key
            self.value = value
        }
    }

    /// An answer to a batch.
    package init(errors: [Refusal]) { self.errors = errors }
}
