import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardRuntime

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Each in a process of its own: a signal belongs to the whole process, and Dispatch does not hear one again whose
/// source was cancelled before.
@Suite struct SignalTests {
    @Test func terminationEndsIt() async {
        await #expect(processExitsWith: .exitCode(SIGTERM)) { await SignalTests.endBy(SIGTERM) }
    }

    @Test func hangUpEndsIt() async {
        await #expect(processExitsWith: .exitCode(SIGHUP)) { await SignalTests.endBy(SIGHUP) }
    }

    @Test func interruptionEndsIt() async {
        await #expect(processExitsWith: .exitCode(SIGINT)) { await SignalTests.endBy(SIGINT) }
    }

    @Test(arguments: [SIGTERM, SIGINT]) func aCommandThatHangsHoldsUpNoSignal(number: Int32) async {
        await #expect(processExitsWith: .exitCode(SIGTERM)) { [number] in await SignalTests.endWhileSteering(number) }
    }

    @Test func resizingFollowsTheTerminal() async {
        await #expect(processExitsWith: .success) { await SignalTests.resize() }
    }

    /// Exits with the signal's number when the program ended by it, with the terminal closed and the signal's own
    /// action back in place.
    @MainActor private static func endBy(_ signal: Int32) async {
        guard let rig = try? Rig(GatedService(runs: [.make("a")])) else { exit(100) }
        await eventually("rows") { rig.terminal.shown.contains("run a") }
        kill(getpid(), signal)
        let ending = await rig.end()
        var action = sigaction()
        sigaction(signal, nil, &action)
        let isDefault = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 0
        exit(ending == .signal(signal) && rig.terminal.closings == 1 && isDefault ? signal : 101)
    }

    /// Exits with SIGTERM's number when the program ended by the signal though a command hangs, and told of it.
    @MainActor private static func endWhileSteering(_ signal: Int32) async {
        let service = GatedService(runs: [.make("a")], holdsCommands: true)
        guard let rig = try? Rig(service) else { exit(100) }
        await eventually("rows") { rig.terminal.shown.contains("run a") }
        rig.type("c")
        await eventually("the prompt") { rig.terminal.shown.contains("y yes") }
        await eventually("y is heard") {
            rig.type("y")
            return await service.steered == [RunID("a")]
        }
        kill(getpid(), signal)
        let ending = await rig.end()
        exit(ending == .signal(signal) && rig.program.unconfirmed.count == 1 ? SIGTERM : 101)
    }

    @MainActor private static func resize() async {
        guard let rig = try? Rig(GatedService(runs: [.make("a")])) else { exit(100) }
        await eventually("rows") { rig.terminal.shown.contains("run a") }
        rig.terminal.size = Size(columns: 30, rows: 5)
        kill(getpid(), SIGWINCH)
        await eventually("the small screen") { rig.terminal.shown.contains("needs 40x8") }
        exit(rig.terminal.shown.contains("needs 40x8") ? EXIT_SUCCESS : 102)
    }
}
