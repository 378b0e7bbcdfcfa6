import GRDB
import Synchronization

/// One change that waits for its transaction, and whoever waits for its answer.
///
/// It is answered once: with what it came to after the transaction was committed, or with the cancellation of the task that
/// waits, as long as it has not begun.
final class WriteJob<Value: Sendable>: QueuedWrite {
    private enum State {
        case waiting(CheckedContinuation<Result<Value, any Error>, Never>?)
        case begun(CheckedContinuation<Result<Value, any Error>, Never>)
        case answered
    }

    private let body: @Sendable (Database) throws -> Value
    private let state = Mutex(State.waiting(nil))
    private let result = Mutex<Result<Value, any Error>?>(nil)

    init(_ body: @escaping @Sendable (Database) throws -> Value) { self.body = body }

    /// False when it was cancelled already, and is answered so.
    func wait(_ continuation: CheckedContinuation<Result<Value, any Error>, Never>) -> Bool {
        let isWaiting = state.withLock { state in
            guard case .waiting = state else { return false }
            state = .waiting(continuation)
            return true
        }
        if !isWaiting { continuation.resume(returning: .failure(CancellationError())) }
        return isWaiting
    }

    func cancel() {
        let continuation = state.withLock { state -> CheckedContinuation<Result<Value, any Error>, Never>? in
            guard case .waiting(let continuation) = state else { return nil }
            state = .answered
            return continuation
        }
        continuation?.resume(returning: .failure(CancellationError()))
    }

    func begin() -> Bool {
        state.withLock { state in
            guard case .waiting(let continuation?) = state else { return false }
            state = .begun(continuation)
            return true
        }
    }

    func perform(_ db: Database) throws {
        let value = try body(db)
        result.withLock { $0 = .success(value) }
    }

    func fail(_ error: any Error) { result.withLock { $0 = .failure(error) } }

    func answer() {
        let continuation = state.withLock { state -> CheckedContinuation<Result<Value, any Error>, Never>? in
            guard case .begun(let continuation) = state else { return nil }
            state = .answered
            return continuation
        }
        guard let result = result.withLock({ $0 }) else { return }
        continuation?.resume(returning: result)
    }
}

/// A change in a queue, whatever its answer is.
protocol QueuedWrite: Sendable {
    /// Takes it up; false when nobody waits for it any more.
    func begin() -> Bool
    /// Makes the change within a transaction, and keeps what it came to until `answer`.
    func perform(_ db: Database) throws
    /// Replaces what it came to.
    func fail(_ error: any Error)
    /// Tells whoever waits.
    func answer()
}
