import Dispatch

/// Runs blocking work, one piece after the other, on a thread that is not of the concurrency pool: a file server that
/// hangs would otherwise hold up everything else that runs there.
package final class BlockingQueue: Sendable {
    private let queue: DispatchQueue

    /// - Parameter label: what debuggers call the queue.
    package init(label: String) { queue = DispatchQueue(label: label) }

    /// The result of `body`, which runs once all work given before is done.
    package func run<Value: Sendable>(
        _ body: @escaping @Sendable () -> Value
    ) async -> Value {
        await withCheckedContinuation { answer in queue.async { answer.resume(returning: body()) } }
    }
}
