// Not where the runtime is linked in, which brings no Testing: the benchmarks need nothing of this.
#if canImport(Testing)
    package import RunServices
    package import Testing

    /// The error that `call` is refused with; records an issue when it succeeds or fails otherwise.
    package func refusal(
        sourceLocation: SourceLocation = #_sourceLocation, _ call: () async throws -> some Any
    ) async -> RunServiceError? {
        do {
            _ = try await call()
            Issue.record("The call succeeded.", sourceLocation: sourceLocation)
        } catch let error as RunServiceError {
            return error
        } catch {
            Issue.record(error, sourceLocation: sourceLocation)
        }
        return nil
    }
#endif
