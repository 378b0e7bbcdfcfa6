import RemotePolling
import RunModel
import Testing

@testable import MLflowService

/// Which runs a round of the slow walk over a server's newest runs looks at again.
struct WalkRoundTests {
    private let runs = (0..<45).map { RunID("\($0)") }

    @Test func `all of them where there is room`() {
        var progress = ScopeProgress()
        progress.beginRound(runs, room: 4)
        #expect(progress.walkQueue == runs)
        progress.beginRound(Array(runs.prefix(10)), room: 0)
        #expect(progress.walkQueue == Array(runs.prefix(10)))
    }

    @Test(arguments: [0, 1, 2, 3])
    func `what a screen shows each time and the others in turn where there is not`(room: Int) {
        var progress = ScopeProgress()
        var met: Set<RunID> = []
        for _ in 0..<12 {
            progress.beginRound(runs, room: room)
            #expect(progress.walkQueue.starts(with: runs.prefix(22)))
            #expect(progress.walkQueue.count == max(24, 12 * room))
            #expect(Set(progress.walkQueue).count == progress.walkQueue.count)
            met.formUnion(progress.walkQueue)
        }
        #expect(met.count == 45)
        // Fewer runs than before, as after a deletion.
        progress.beginRound(Array(runs.prefix(40)), room: room)
        #expect(progress.walkQueue.starts(with: runs.prefix(22)))
    }
}
