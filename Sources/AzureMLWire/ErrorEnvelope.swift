/// The body of every answer that is not a success.
package struct ErrorEnvelope: Codable, Sendable, Equatable {
    /// What went wrong.
    package var error: RootError
    /// The names by which a person finds the request in the service's log.
    package var correlation: [String: String]?
    /// Where the service runs.
    package var environment: String?
    /// Where the service runs.
    package var location: String?
    /// When it answered.
    package var time: AzureTime?
    /// Which part of it answered.
    package var componentName: String?

    /// An answer of the run-history service.
    package init(
        error: RootError, correlation: [String: String]? = nil, environment: String? = "local",
        location: String? = "local", time: AzureTime? = nil, componentName: String? = "run-history"
    ) {
        self.error = error
        self.correlation = correlation
        self.environment = environment
        self.location = location
        self.time = time
        self.componentName = componentName
    }

    private enum CodingKeys: String, CodingKey {
        case error, correlation, environment, location, time, componentName
    }

    /// Takes what is there and understood. Throws for what tells of no error.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        error = try container.decode(RootError.self, forKey: .error)
        correlation = container.lenient(.correlation)
        environment = container.lenient(.environment)
        location = container.lenient(.location)
        time = container.lenient(.time)
        componentName = container.lenient(.componentName)
    }
}

/// What went wrong: with a request, or with a run.
package struct RootError: Codable, Sendable, Equatable {
    /// `UserError`, `ServiceError`, or a word of the script that failed.
    package var code: String?
    /// A sentence.
    package var message: String?
    /// The part of the request that is wrong.
    package var target: String?
    /// Where a person reads on.
    package var detailsUri: String?
    /// Errors within this one; clients want a list even where there are none.
    package var details: [RootError]?
    /// A narrower code.
    package var innerError: InnerError?

    /// An error with a narrower code.
    package init(
        code: String?, message: String?, target: String? = nil, detailsUri: String? = nil, innerCode: String? = nil
    ) {
        self.code = code
        self.message = message
        self.target = target
        self.detailsUri = detailsUri
        details = []
        innerError = innerCode.map { InnerError(code: $0) }
    }

    private enum CodingKeys: String, CodingKey {
        case code, message, target, detailsUri, details, innerError
    }

    /// Takes what is there and understood.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        code = container.lenient(.code)
        message = container.lenient(.message)
        target = container.lenient(.target)
        detailsUri = container.lenient(.detailsUri)
        details = container.lenient(.details)
        innerError = container.lenient(.innerError)
    }

    /// A code that says more than the one around it.
    package struct InnerError: Codable, Sendable, Equatable {
        /// Such as `NotFoundError`.
        package var code: String?

        /// A narrower code.
        package init(code: String?) { self.code = code }
    }
}

/// An error inside another message.
package struct ErrorResponse: Codable, Sendable, Equatable {
    /// What went wrong.
    package var error: RootError

    /// Wraps an error.
    package init(_ error: RootError) { self.error = error }
}
