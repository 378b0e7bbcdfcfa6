import Testing

@testable import RunExecution

/// Signals that come while nobody reads.
@Suite struct SignalRouterTests {
    @Test func whatAReaderDidNotTakeIsForTheNext() async throws {
        let (source, sending) = AsyncStream.makeStream(of: Int32.self)
        let router = SignalRouter(source)
        for number in [1, 2] as [Int32] { sending.yield(number) }
        var first = router.signals().makeAsyncIterator()
        #expect(await first.next() == 1)
        // A reader that waits in vain and is taken back.
        #expect(await first.next() == 2)
        let reading = Task { await first.next() }
        try await Task.sleep(for: .milliseconds(20))
        reading.cancel()
        #expect(await reading.value == nil)
        sending.yield(3)
        var second = router.signals().makeAsyncIterator()
        #expect(await second.next() == 3)
        sending.yield(4)
        sending.finish()
        #expect(await second.next() == 4)
        #expect(await second.next() == nil)
        router.end()
    }
}
