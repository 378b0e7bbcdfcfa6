import DashboardCore
import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardRuntime

@MainActor
@Suite(.serialized) struct ProgramTests {
    @Test func showsRunsAndQuits() async throws {
        let rig = try Rig(GatedService(runs: [.make("a")]))
        await eventually("rows") { rig.terminal.shown.contains("run a") }
        rig.type("q")
        #expect(await rig.end() == .quit)
        #expect(rig.terminal.closings == 1)
    }

    @Test func ticksAreDroppedWhileAPollIsUnderWay() async throws {
        let service = GatedService(runs: [.make("a")], isOpen: false)
        let rig = try Rig(service)
        await eventually("the first poll") { await service.waitingPolls == 1 }
        for _ in 0..<50 { rig.program.send(.tick) }
        rig.program.send(.elapsed)
        await service.open()
        await eventually("rows") { rig.terminal.shown.contains("run a") }
        #expect(await service.polls == 1)
        rig.type("q")
        _ = await rig.end()
    }

    @Test func aNewQuestionTakesTheOldOneBack() async throws {
        let service = GatedService(runs: [.make("a")], isOpen: false)
        let rig = try Rig(service)
        await eventually("the first poll") { await service.waitingPolls == 1 }
        for round in 1...20 {
            rig.type("r")
            await eventually("poll \(round)") { await service.polls == round + 1 }
        }
        await eventually("one waiting poll") { await service.waitingPolls == 1 }
        await service.open()
        await eventually("rows") { rig.terminal.shown.contains("run a") }
        #expect(await service.cancelledPolls == 20)
        rig.type("q")
        _ = await rig.end()
    }

    @Test func manyActionsAreOneFrame() async throws {
        let rig = try Rig(GatedService(runs: [.make("a"), .make("b")]))
        await eventually("rows and their page") {
            let reads = await rig.service.detailReads
            return rig.terminal.shown.contains("run a") && !reads.isEmpty
        }
        var frames = -1
        await eventually("rest") {
            defer { frames = rig.terminal.frames }
            return rig.terminal.frames == frames
        }
        let before = rig.terminal.frames
        for _ in 0..<100 { rig.program.send(.elapsed) }
        await eventually("a frame") { rig.terminal.frames > before }
        #expect(rig.terminal.frames == before + 1)
        rig.type("q")
        _ = await rig.end()
    }

    @Test func theTimerPolls() async throws {
        let service = GatedService(runs: [.make("a")])
        let rig = try Rig(service, interval: 20)
        await eventually("polls") { await service.polls >= 4 }
        rig.type("q")
        _ = await rig.end()
        // A poll may have been under way.
        var polls = -1
        while await service.polls != polls {
            polls = await service.polls
            try await Task.sleep(for: .milliseconds(60))
        }
        rig.program.send(.tick)
        try await Task.sleep(for: .milliseconds(60))
        #expect(await service.polls == polls, "after the end nothing is asked")
    }

    @Test func quittingTakesQuestionsBackAndClosesTheTerminal() async throws {
        let service = GatedService(runs: [.make("a")], isOpen: false)
        let rig = try Rig(service)
        await eventually("the first poll") { await service.waitingPolls == 1 }
        rig.type("q")
        #expect(await rig.end() == .quit)
        await eventually("the poll is taken back") { await service.cancelledPolls == 1 }
        #expect(rig.terminal.closings == 1)
        let frames = rig.terminal.frames
        await service.open()
        rig.program.send(.tick)
        #expect(rig.terminal.frames == frames)
    }

    @Test func aTerminalThatIsGoneEndsIt() async throws {
        let rig = try Rig(GatedService(runs: [.make("a")]))
        await eventually("rows") { rig.terminal.shown.contains("run a") }
        rig.terminal.isClosed = true
        rig.type()
        #expect(await rig.end() == .quit)
    }

    @Test func cancelGoesAllTheWay() async throws {
        let service = GatedService(runs: [.make("a")])
        let rig = try Rig(service)
        await eventually("rows") { rig.terminal.shown.contains("run a") }
        rig.type("c")
        await eventually("the prompt") { rig.terminal.shown.contains("y yes") }
        #expect(await service.steered == [])
        await eventually("y is heard") {
            rig.type("y")
            return await service.steered == [RunID("a")]
        }
        await eventually("the answer") { rig.terminal.shown.contains("Canceled") }
        rig.type("q")
        _ = await rig.end()
    }

    @Test func redrawIsPassedOn() async throws {
        let rig = try Rig(GatedService(runs: [.make("a")]))
        await eventually("rows") { rig.terminal.shown.contains("run a") }
        rig.type(.control("l"))
        await eventually("redraw") { rig.terminal.redraws == 1 }
        rig.type("q")
        _ = await rig.end()
    }

    @Test func noticesLeaveWithoutAKeyOrATick() async throws {
        let rig = try Rig(GatedService(runs: [.make("a")]))
        await eventually("rows") { rig.terminal.shown.contains("run a") }
        rig.type("O")
        await eventually("the notice") { rig.terminal.shown.contains("Sorted by") }
        await eventually("no notice") { !rig.terminal.shown.contains("Sorted by") }
        rig.type("q")
        _ = await rig.end()
    }
}
