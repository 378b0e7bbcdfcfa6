package import RunServices

/// The way to one run service, which is opened when it is first asked for, and again after a failure.
package actor ServiceConnection {
    /// What a person is told of the service, open or not.
    package nonisolated let description: ServiceDescription
    private let open: @Sendable () async throws(RunServiceError) -> any RunService
    private var opened: (any RunService)?
    private var attempt: Task<Result<any RunService, RunServiceError>, Never>?

    /// Nothing is opened yet.
    package init(
        _ description: ServiceDescription, open: @escaping @Sendable () async throws(RunServiceError) -> any RunService
    ) {
        self.description = description
        self.open = open
    }

    /// To a service that is open already.
    package init(_ service: any RunService, as description: ServiceDescription? = nil) {
        self.description = description ?? service.description
        opened = service
        open = { service }
    }

    /// The service, opened if need be; who asks while it is being opened waits for that.
    package func service() async throws(RunServiceError) -> any RunService {
        if let opened { return opened }
        let current = attempt ?? Task { [open] in await result(open) }
        attempt = current
        let answer = await current.value
        if attempt == current { attempt = nil }
        let service = try answer.get()
        opened = service
        return service
    }

    /// Opens the service, waits for that no longer than `patience`, and returns what it can do, if it is open by then.
    ///
    /// Throws only what waiting cannot help: a locked store is opened by whoever asks it next.
    package nonisolated func prepare(patience: Duration) async throws(RunServiceError) -> Capabilities? {
        let (answers, continuation) = AsyncStream.makeStream(of: Result<Capabilities, RunServiceError>?.self)
        Task {
            continuation.yield(
                await result { () throws(RunServiceError) in try await self.service().capabilities })
        }
        let alarm = Task {
            try await Task.sleep(for: patience)
            continuation.yield(nil)
        }
        for await answer in answers {
            alarm.cancel()
            if case .failure(let error) = answer, !error.mayPass { throw error }
            return try? answer?.get()
        }
        return nil
    }
}

/// Finds the run service that a person names. Throws the sentence that says what is wrong with the name.
package typealias ServiceConnector = @Sendable (String) async throws(RunServiceError) -> ServiceConnection

/// What a throwing call came to, as a value that fits in an action.
func result<Value: Sendable>(
    _ call: () async throws(RunServiceError) -> Value
) async -> Result<Value, RunServiceError> {
    do throws(RunServiceError) {
        return .success(try await call())
    } catch {
        return .failure(error)
    }
}
