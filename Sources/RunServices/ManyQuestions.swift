import Synchronization

/// Asks many like questions, a few of them at a time.
package enum ManyQuestions {
    /// What became of each, in the order of `items`.
    /// - Parameter width: how many are under way at a time.
    package static func outcomes<Item: Sendable, Answer: Sendable>(
        of items: [Item], width: Int, _ ask: @escaping @Sendable (Item) async throws(RunServiceError) -> Answer
    ) async -> [Result<Answer, RunServiceError>] {
        let outcomes = await collect(items, width, endsAtError: false, ask).state.withLock { $0.outcomes }
        return items.indices.compactMap { outcomes[$0] }
    }

    /// The answers, in the order of `items`. The first error ends all questions.
    package static func answers<Item: Sendable, Answer: Sendable>(
        to items: [Item], width: Int, _ ask: @escaping @Sendable (Item) async throws(RunServiceError) -> Answer
    ) async throws(RunServiceError) -> [Answer] {
        if items.count == 1 { return [try await ask(items[0])] }
        let (outcomes, error) = await collect(items, width, endsAtError: true, ask).state.withLock {
            ($0.outcomes, $0.firstError)
        }
        // The first one that came: the others may only say that they were cancelled.
        if let error { throw error }
        return items.indices.compactMap { try? outcomes[$0]?.get() }
    }

    private static func collect<Item: Sendable, Answer: Sendable>(
        _ items: [Item], _ width: Int, endsAtError: Bool,
        _ ask: @escaping @Sendable (Item) async throws(RunServiceError) -> Answer
    ) async -> Outcomes<Answer> {
        let outcomes = Outcomes<Answer>()
        await withTaskGroup(of: Void.self) { group in
            var waiting = items.enumerated().makeIterator()
            func askNext() {
                guard let (place, item) = waiting.next() else { return }
                group.addTask {
                    do throws(RunServiceError) {
                        outcomes.keep(.success(try await ask(item)), at: place)
                    } catch {
                        outcomes.keep(.failure(error), at: place)
                    }
                }
            }
            for _ in 0..<width { askNext() }
            while await group.next() != nil {
                if endsAtError && outcomes.hasFailed { return group.cancelAll() }
                askNext()
            }
        }
        return outcomes
    }

    /// Not what the tasks give back: a place, or an id, beside a large value was lost there by the optimizer of Swift 6.2.
    private final class Outcomes<Answer: Sendable>: Sendable {
        struct State {
            var outcomes: [Int: Result<Answer, RunServiceError>] = [:]
            var firstError: RunServiceError?
        }

        let state = Mutex(State())

        var hasFailed: Bool { state.withLock { $0.firstError != nil } }

        func keep(_ outcome: Result<Answer, RunServiceError>, at place: Int) {
            state.withLock { state in
                state.outcomes[place] = outcome
                if case .failure(let error) = outcome, state.firstError == nil { state.firstError = error }
            }
        }
    }
}
