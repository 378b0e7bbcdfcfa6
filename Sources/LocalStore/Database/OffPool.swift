import Dispatch
import RunServices

/// Work that may wait for another process's lock: on Dispatch's threads, since a blocked thread of the concurrency pool
/// is missing everywhere else.
enum OffPool {
    static func run<Value: Sendable>(
        _ work: @escaping @Sendable () throws(RunServiceError) -> Value
    ) async throws(RunServiceError) -> Value {
        let result: Result<Value, RunServiceError> = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                do throws(RunServiceError) {
                    continuation.resume(returning: .success(try work()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }
}
