import Dispatch

/// Calls that wait for a disk or a lock, kept off the few threads that all tasks share.
package enum BlockingCall {
    /// Concurrent: a file system that hangs keeps only those waiting who asked for it.
    private static let queue = DispatchQueue(label: "runwatch.files", attributes: .concurrent)

    /// What `body` returns or throws, once it does; a cancelled task waits for that too.
    package static func run<Value: Sendable, Failure: Error>(
        _ body: @escaping @Sendable () throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let result = await withCheckedContinuation { (ended: CheckedContinuation<Result<Value, Failure>, Never>) in
            queue.async { ended.resume(returning: Result(catching: body)) }
        }
        return try result.get()
    }
}
