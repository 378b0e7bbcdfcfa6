import RunServices
import Synchronization

/// One question for each of many runs, some at a time.
enum ManyRuns {
    /// Enough to hide the way to a server, few enough for it to bear.
    private static let concurrency = 8

    /// What became of each, in their order.
    static func each<Item: Sendable, Value: Sendable>(
        _ items: [Item], _ act: @escaping @Sendable (Item) async throws(RunServiceError) -> Value
    ) async -> [Result<Value, RunServiceError>] {
        let outcomes = Outcomes<Value>()
        await withTaskGroup(of: Void.self) { group in
            var waiting = items.enumerated().makeIterator()
            func startNext() {
                guard let (place, item) = waiting.next() else { return }
                group.addTask {
                    do throws(RunServiceError) {
                        outcomes.keep(.success(try await act(item)), at: place)
                    } catch {
                        outcomes.keep(.failure(error), at: place)
                    }
                }
            }
            for _ in 0..<concurrency { startNext() }
            while await group.next() != nil { startNext() }
        }
        return outcomes.inOrder(of: items.indices)
    }

    /// Not what the tasks give back: a place beside a large value was lost there by the optimizer of Swift 6.2.
    private final class Outcomes<Value: Sendable>: Sendable {
        private let kept = Mutex<[Int: Result<Value, RunServiceError>]>([:])

        func keep(_ outcome: Result<Value, RunServiceError>, at place: Int) {
            kept.withLock { $0[place] = outcome }
        }

        func inOrder(of places: Range<Int>) -> [Result<Value, RunServiceError>] {
            kept.withLock { kept in places.compactMap { kept[$0] } }
        }
    }
}
