import RunServices

/// Asks again and again while a run service cannot be reached, more and more seldom, and says so once.
struct Patience {
    private var failures = 0

    /// What `body` answers; nil after a failure that may pass, and a pause. Throws any other.
    mutating func ask<Answer>(_ body: () async throws -> Answer) async throws -> Answer? {
        do {
            let answer = try await body()
            failures = 0
            return answer
        } catch let error as RunServiceError where error.mayPass {
            if failures == 0 { Console.warn("\(error) Asking again.") }
            failures += 1
            try await Task.sleep(for: .seconds(min(60, 1 << min(failures, 6))))
            return nil
        }
    }
}
