import RunServices

/// One question for each of many runs, some at a time.
enum ManyRuns {
    /// Enough to hide the way to a server, few enough for it to bear.
    private static let concurrency = 8

    /// What became of each, in their order.
    static func each<Item: Sendable, Value: Sendable>(
        _ items: [Item], _ act: @escaping @Sendable (Item) async throws(RunServiceError) -> Value
    ) async -> [Result<Value, RunServiceError>] {
        await withTaskGroup(of: (Int, Result<Value, RunServiceError>).self) { group in
            var waiting = items.enumerated().makeIterator()
            func startNext() {
                guard let (place, item) = waiting.next() else { return }
                group.addTask {
                    do throws(RunServiceError) {
                        return (place, .success(try await act(item)))
                    } catch {
                        return (place, .failure(error))
                    }
                }
            }
            for _ in 0..<concurrency { startNext() }
            var found: [Int: Result<Value, RunServiceError>] = [:]
            for await (place, result) in group {
                found[place] = result
                startNext()
            }
            return items.indices.compactMap { found[$0] }
        }
    }
}
