import DashboardCore
import Foundation
import Testing

@testable import DashboardRuntime

/// Commands of the user's own without the terminal.
@MainActor
@Suite struct BackgroundTests {
    private func end(_ script: String, deadline: Int64 = 20_000) async -> (end: CommandEnd, lastLine: String) {
        await BackgroundProcess(
            command: BackgroundCommand(
                name: "x", script: script, environment: ["RUNWATCH_1_1": "$(exit 9)"], deadline: deadline)
        ).run()
    }

    @Test func theLastLineIsTold() async {
        let answer = await end("echo one; echo two >&2; echo \"${RUNWATCH_1_1}\"; echo")
        #expect(answer == (.exited(0), "$(exit 9)"))
    }

    @Test func muchOutputHoldsNothingUp() async {
        let answer = await end("i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done; exit 3")
        #expect(answer == (.exited(3), "line 19999"))
    }

    @Test func aCommandThatTakesTooLongIsEndedWithAllThatItStarted() async throws {
        let mark = NSTemporaryDirectory() + "/runwatch-late-\(getpid())"
        let answer = await end("sleep 1000 & echo started; sleep 1000; touch '\(mark)'", deadline: 300)
        #expect(answer.end == .notFinished(0))
        #expect(answer.lastLine == "started")
        #expect(!FileManager.default.fileExists(atPath: mark))
    }

    /// What a command leaves behind holds its output open, and nobody waits for that.
    @Test func whatGoesOnInTheBackgroundIsNotWaitedFor() async {
        let answer = await end("sleep 30 & echo done")
        #expect(answer == (.exited(0), "done"))
    }

    @Test func itHasNoInputOfTheTerminal() async {
        #expect(await end("cat; echo end").lastLine == "end")
    }

    @Test func fewRunAtOnceAndTooManyAreRefused() async {
        var told: [(String, CommandEnd, String)] = []
        let queue = BackgroundQueue { told.append(($0, $1, $2)) }
        let count = BackgroundQueue.mostRunning + BackgroundQueue.mostWaiting
        for number in 0...count {
            queue.take(BackgroundCommand(name: "\(number)", script: "true", deadline: 60_000))
        }
        #expect(told.map(\.0) == ["\(count)"], "one too many")
        #expect(told.first?.1.fault?.contains("commands wait already") == true)
        await eventually("all have ended") { told.count == count + 1 }
        #expect(told.dropFirst().allSatisfy { $0.1 == .exited(0) })
    }
}
