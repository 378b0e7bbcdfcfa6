import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct CancelledTaskTests {
    @Test func aCancelledCallIsAllOrNothingAndTheStoreGoesOn() async throws {
        let directory = try TemporaryDirectory()
        let store = try await LocalStore.open(at: directory.path)
        let clock = ContinuousClock()
        var outcomes: [RunServiceError.Code?: Int] = [:]
        for delay in 0..<60 {
            let drafts = (0..<200).map { index in
                RunDraft(id: RunID("r\(delay)-\(index)"), experimentName: "e", tags: Tags([("k", "v")]))
            }
            let writing = Task { try await store.createRuns(drafts) }
            let reading = Task { try await store.changes(in: .all, since: nil, pageSize: 5_000) }
            // Spins rather than sleeps, to hit every part of calls that take a few milliseconds.
            let deadline = clock.now + .microseconds(delay * 200)
            while clock.now < deadline { await Task.yield() }
            writing.cancel()
            reading.cancel()
            do {
                _ = try await writing.value
                outcomes[nil, default: 0] += 1
            } catch let error as RunServiceError {
                outcomes[error.code, default: 0] += 1
            }
            if case .failure(let error) = await reading.result {
                #expect((error as? RunServiceError)?.code == .cancelled, "\(String(reflecting: error))")
            }
        }
        #expect(Set(outcomes.keys).isSubset(of: [nil, .cancelled]))
        #expect(outcomes[.cancelled, default: 0] > 0)
        let runs = try await store.runs(in: .all, matching: nil, limit: 100_000)
        #expect(runs.count == 200 * outcomes[nil, default: 0])
        #expect(runs.allSatisfy { $0.tags.count == 1 })
        #expect(try await store.experiments().map(\.counts.total).reduce(0, +) == runs.count)
    }
}
