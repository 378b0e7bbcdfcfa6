import RunModel
package import RunServices

/// The way to one run service, which is opened when it is first asked for, and again after a failure.
package actor ServiceConnection {
    /// What a person is told of the service, open or not.
    package nonisolated let description: ServiceDescription
    private let open: @Sendable () async throws(RunServiceError) -> any RunService
    private var opened: (any RunService)?
    private var attempt: Task<Result<any RunService, RunServiceError>, Never>?
    private let makeKeeper: @Sendable (any RunService) -> (any HostKeeper)?
    /// What looks after this host's processes beside the service; nil until it is open, and where nothing does.
    package private(set) var keeper: (any HostKeeper)?

    /// Nothing is opened yet.
    /// - Parameter keeper: makes what is to be shown the service's changes once it is open.
    package init(
        _ description: ServiceDescription,
        keeper makeKeeper: @escaping @Sendable (any RunService) -> (any HostKeeper)? = { _ in nil },
        open: @escaping @Sendable () async throws(RunServiceError) -> any RunService
    ) {
        self.description = description
        self.open = open
        self.makeKeeper = makeKeeper
    }

    /// To a service that is open already.
    package init(_ service: any RunService, as description: ServiceDescription? = nil) {
        self.description = description ?? service.description
        opened = service
        open = { service }
        makeKeeper = { _ in nil }
    }

    /// The service, opened if need be; a call while it is being opened waits for that.
    package func service() async throws(RunServiceError) -> any RunService {
        if let opened { return opened }
        let current = attempt ?? Task { [open] in await result(open) }
        attempt = current
        let answer = await current.value
        if attempt == current { attempt = nil }
        let service = try answer.get()
        if keeper == nil { keeper = makeKeeper(service) }
        opened = service
        return service
    }

    /// Shows the keeper what changed; nothing waits for it.
    nonisolated func observe(_ batch: ChangeBatch) {
        Task { await keeper?.take(batch) }
    }

    /// Cancels as `RunService.cancel` does, with the keeper's help where there is one.
    nonisolated func cancel(_ id: RunID, includingDescendants: Bool) async throws(RunServiceError) -> [Run] {
        let service = try await service()
        if let keeper = await keeper {
            return try await keeper.cancel(id, includingDescendants: includingDescendants)
        }
        return try await service.cancel(id, includingDescendants: includingDescendants)
    }

    /// Kills as `RunSteering.kill` does, with the keeper's help where there is one.
    nonisolated func kill(_ id: RunID) async throws(RunServiceError) -> [Run] {
        let service = try await service()
        if let keeper = await keeper { return try await keeper.kill(id) }
        return try await service.kill(id)
    }

    /// Opens the service, waits for that no longer than `patience`, and returns what it can do, if it is open by then.
    ///
    /// Throws only what waiting cannot help: a locked store is opened by the next call.
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
