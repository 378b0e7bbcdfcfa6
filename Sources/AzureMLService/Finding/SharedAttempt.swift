import RunServices
import Synchronization

/// One attempt at a time, which all who ask meanwhile share.
final class SharedAttempt<Value: Sendable>: Sendable {
    private let current = Mutex<Task<Result<Value, RunServiceError>, Never>?>(nil)

    /// What the attempt under way comes to, or a new one; it goes on when a caller is cancelled.
    func run(
        _ body: @escaping @Sendable () async throws(RunServiceError) -> Value
    ) async throws(RunServiceError) -> Value {
        let task = current.withLock { current in
            if let current { return current }
            let task = Task {
                defer { self.current.withLock { $0 = nil } }
                do throws(RunServiceError) {
                    return Result<Value, RunServiceError>.success(try await body())
                } catch {
                    return .failure(error)
                }
            }
            current = task
            return task
        }
        return try await task.value.get()
    }
}
