/// Ends what takes too long.
enum Deadline {
    /// What `work` returns; throws `ServerFault.tooSlow`, and cancels it, when it takes longer than `limit`.
    static func run<Value: Sendable>(
        _ limit: Duration, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { group in
            group.addTask(operation: work)
            group.addTask {
                try await Task.sleep(for: limit)
                throw ServerFault.tooSlow
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw ServerFault.tooSlow }
            return first
        }
    }
}
