import RunServices

/// One question for each of many runs, some at a time.
enum ManyRuns {
    /// Enough to hide the way to a server, few enough for it to bear.
    private static let concurrency = 8

    /// What became of each, in their order.
    static func each<Item: Sendable, Value: Sendable>(
        _ items: [Item], _ act: @escaping @Sendable (Item) async throws(RunServiceError) -> Value
    ) async -> [Result<Value, RunServiceError>] {
        await ManyQuestions.outcomes(of: items, width: concurrency, act)
    }
}
