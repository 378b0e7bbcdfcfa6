import DashboardCore
import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardRuntime

/// From one run service to another while the one hangs, fails or is locked.
@MainActor
@Suite(.serialized) struct SwitchingTests {
    private nonisolated static let other = ServiceDescription(kind: "fake", location: "elsewhere", reason: ":service")
    private nonisolated static let locked = RunServiceError(.unavailable, "The store stayed locked; try again.")

    /// `:service NAME`, as typed.
    private func go(_ rig: Rig, to name: String) {
        rig.type(":service \(name)")
        rig.type(.enter)
    }

    @Test func goesOverWhileAPollHangs() async throws {
        let hanging = GatedService(runs: [.make("a")], isOpen: false)
        let reached = GatedService(runs: [.make("z")])
        let rig = try Rig(hanging, connect: { _ in ServiceConnection(reached, as: Self.other) })
        await eventually("the first poll") { await hanging.waitingPolls == 1 }
        go(rig, to: "elsewhere")
        await eventually("the other service's rows") { rig.terminal.shown.contains("run z") }
        await eventually("the poll is taken back") { await hanging.cancelledPolls == 1 }
        #expect(rig.terminal.shown.contains("fake elsewhere (:service)"))
        await hanging.open()
        rig.program.send(.tick)
        await eventually("another poll") { await reached.polls >= 2 }
        #expect(!rig.terminal.shown.contains("run a"))
        #expect(await hanging.polls == 1, "nobody asks the service before any more")
        rig.type("q")
        #expect(await rig.end() == .quit)
    }

    @Test func theScreenGoesOnWhileTheOtherServiceHangs() async throws {
        let service = GatedService(runs: [.make("a"), .make("b")])
        let gate = Gate()
        let rig = try Rig(
            service,
            connect: { _ in
                ServiceConnection(Self.other) { () throws(RunServiceError) in
                    await gate.pass()
                    return GatedService(runs: [.make("z")])
                }
            })
        await eventually("rows") { rig.terminal.shown.contains("run a") }
        go(rig, to: "elsewhere")
        await eventually("what is being done") { rig.terminal.shown.contains("opening elsewhere") }
        let polls = await service.polls
        rig.program.send(.tick)
        await eventually("polls of the service in use") { await service.polls > polls }
        rig.type(.escape)
        await eventually("rest") { !rig.terminal.shown.contains("opening elsewhere") }
        await gate.open()
        rig.program.send(.tick)
        await eventually("a later poll") { await service.polls > polls + 1 }
        #expect(!rig.terminal.shown.contains("run z"), "what was taken back does not happen")
        rig.type("q")
        _ = await rig.end()
    }

    @Test func whatCannotBeOpenedLeavesTheServiceBefore() async throws {
        let rig = try Rig(
            GatedService(runs: [.make("a")]),
            connect: { name in
                ServiceConnection(Self.other) { () throws(RunServiceError) in
                    throw RunServiceError(.notFound, "There is nothing at \(name).")
                }
            })
        await eventually("rows") { rig.terminal.shown.contains("run a") }
        go(rig, to: "absent")
        await eventually("the sentence") { rig.terminal.shown.contains("There is nothing at absent.") }
        #expect(rig.terminal.shown.contains("fake nowhere") && rig.terminal.shown.contains("run a"))
        rig.type("q")
        _ = await rig.end()
    }

    @Test func whatIsOnlyLockedIsGoneOverToAndOpenedLater() async throws {
        let door = Door(service: GatedService(runs: [.make("z")]), refusals: 2, error: Self.locked)
        let rig = try Rig(
            GatedService(runs: [.make("a")]), interval: 20,
            connect: { _ in
                ServiceConnection(Self.other) { () throws(RunServiceError) in try await door.open() }
            })
        await eventually("rows") { rig.terminal.shown.contains("run a") }
        go(rig, to: "elsewhere")
        await eventually("why it cannot be read") { rig.terminal.shown.contains("The store stayed locked") }
        #expect(rig.terminal.shown.contains("The runs can't be read."))
        #expect(!rig.terminal.shown.contains("run a"))
        await eventually("by itself, after a while") { rig.terminal.shown.contains("run z") }
        #expect(await door.tries == 3)
        rig.type("q")
        _ = await rig.end()
    }

    @Test func aStoreThatIsLockedAtStartIsOpenedLaterAndTellsWhatItCanDo() async throws {
        let service = GatedService(runs: [.make("a")], capabilities: Capabilities().readOnly(because: "You may look."))
        let door = Door(service: service, refusals: 1, error: Self.locked)
        let connection = ServiceConnection(Self.other) { () throws(RunServiceError) in try await door.open() }
        let rig = try Rig(service, interval: 20, connection: connection)
        await eventually("why it cannot be read") { rig.terminal.shown.contains("The store stayed locked") }
        rig.type("r")
        await eventually("rows") { rig.terminal.shown.contains("run a") }
        await eventually("what it can do") { rig.terminal.shown.contains("read-only") }
        rig.type("q")
        _ = await rig.end()
    }

    @Test func aCommandUnderWayIsFinishedAndToldOnTheOtherService() async throws {
        let service = GatedService(runs: [.make("a")], holdsCommands: true)
        let rig = try Rig(
            service, connect: { _ in ServiceConnection(GatedService(runs: [.make("z")]), as: Self.other) })
        await eventually("rows") { rig.terminal.shown.contains("run a") }
        rig.type("c")
        await eventually("the prompt") { rig.terminal.shown.contains("y yes") }
        await eventually("y is heard") {
            rig.type("y")
            return await service.steered == [RunID("a")]
        }
        go(rig, to: "elsewhere")
        await eventually("the other service's rows") { rig.terminal.shown.contains("run z") }
        await service.releaseCommands()
        await eventually("the answer") { rig.terminal.shown.contains("On fake nowhere: Canceled “run a”.") }
        #expect(!rig.terminal.shown.contains("1 canceled"))
        rig.type("q")
        _ = await rig.end()
    }

    @Test func preparingThrowsOnlyWhatWaitingCannotHelp() async throws {
        let damaged = RunServiceError(.unexpectedResponse, "The store is damaged.")
        for (error, isThrown) in [(damaged, true), (Self.locked, false)] {
            let connection = ServiceConnection(Self.other) { () throws(RunServiceError) in throw error }
            var thrown: RunServiceError?
            do throws(RunServiceError) {
                #expect(try await connection.prepare(patience: .seconds(60)) == nil)
            } catch {
                thrown = error
            }
            #expect((thrown == error) == isThrown)
        }
        let gate = Gate()
        let slow = ServiceConnection(Self.other) { () throws(RunServiceError) in
            await gate.pass()
            return GatedService()
        }
        #expect(try await slow.prepare(patience: .milliseconds(1)) == nil, "the screen does not wait")
        await gate.open()
        #expect(try await slow.service().capabilities == Capabilities())
    }

    @Test func whoAsksMeanwhileWaitsForTheSameOpening() async throws {
        let door = Door(service: GatedService(), refusals: 0, error: Self.locked)
        let gate = Gate()
        let connection = ServiceConnection(Self.other) { () throws(RunServiceError) in
            await gate.pass()
            return try await door.open()
        }
        async let first = connection.service().capabilities
        async let second = connection.service().capabilities
        await gate.open()
        #expect(try await first == second)
        #expect(await door.tries == 1)
    }
}

/// Holds everybody until it is opened.
private actor Gate {
    private var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func pass() async {
        if !isOpen { await withCheckedContinuation { waiting.append($0) } }
    }

    func open() {
        isOpen = true
        for continuation in waiting { continuation.resume() }
        waiting = []
    }
}

/// A store that refuses to be opened a few times.
private actor Door {
    private let service: GatedService
    private var refusals: Int
    private let error: RunServiceError
    private(set) var tries = 0

    init(service: GatedService, refusals: Int, error: RunServiceError) {
        self.service = service
        self.refusals = refusals
        self.error = error
    }

    func open() throws(RunServiceError) -> any RunService {
        tries += 1
        refusals -= 1
        if refusals >= 0 { throw error }
        return service
    }
}
