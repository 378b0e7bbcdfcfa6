import DashboardCore
import Foundation
import TerminalUI
import Testing

@testable import DashboardRuntime

/// The terminal in another program's hands.
@MainActor
@Suite(.serialized) struct LendingTests {
    @Test(arguments: [
        (["true"], CommandEnd.exited(0)), (["sh", "-c", "exit 3"], .exited(3)),
        (["sh", "-c", "kill -9 $$"], .signal(9)),
        (["/no/such/program"], .notStarted("No such file or directory")),
        ([], .notStarted("No such file or directory")),
    ])
    func aProgramHasTheTerminalUntilItEnds(arguments: [String], end: CommandEnd) async throws {
        let rig = try Rig(GatedService(runs: [.make("a")]))
        await eventually("rows") { rig.terminal.shown.contains("run a") }
        #expect(await rig.program.lend(to: ForegroundCommand(arguments)) == end)
        #expect(rig.terminal.loans == 1)
        #expect(!rig.terminal.isLent)
        rig.type("q")
        #expect(await rig.end() == .quit)
    }

    @Test func nothingIsDrawnOrReadMeanwhile() async throws {
        let mark = NSTemporaryDirectory() + "/runwatch-loan-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: mark) }
        let rig = try Rig(GatedService(runs: [.make("a")]))
        await eventually("rows") { rig.terminal.shown.contains("run a") }
        let loan = Task {
            await rig.program.lend(to: ForegroundCommand(["sh", "-c", "until test -e '\(mark)'; do sleep 0.05; done"]))
        }
        await eventually("it is lent") { rig.terminal.isLent }
        let frames = rig.terminal.frames
        rig.type("q")
        for _ in 0..<50 {
            rig.program.send(.elapsed)
            await Task.yield()
        }
        #expect(await rig.program.lend(to: ForegroundCommand(["true"])).fault != nil, "one at a time")
        #expect(rig.terminal.frames == frames)
        #expect(rig.terminal.closings == 0, "q was meant for the program")
        try Data().write(to: URL(fileURLWithPath: mark))
        #expect(await loan.value == .exited(0))
        await eventually("it is drawn again") { rig.terminal.frames > frames }
        rig.type("q")
        #expect(await rig.end() == .quit)
    }
}
