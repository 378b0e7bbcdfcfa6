import DashboardCore
import RunModel
import RunServices
import TerminalUI
import TestSupport
import Testing

@testable import DashboardRuntime

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A running program between a fake terminal and a gated service.
@MainActor
struct Rig {
    let terminal = FakeTerminal()
    let service: GatedService
    let program: Program
    private let ending: Task<Program.Ending, Never>
    /// Becomes readable when keys are typed.
    private let wake: (read: Int32, write: Int32)

    init(
        _ service: GatedService, interval: Int = 60_000, connection: ServiceConnection? = nil,
        connect: @escaping ServiceConnector = { name throws(RunServiceError) in
            throw RunServiceError(.notFound, "There is nothing at \(name).")
        }
    ) throws {
        self.service = service
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        wake = (ends[0], ends[1])
        let dashboard = Dashboard(
            size: Size(columns: 100, rows: 30), now: SystemClock.now(), service: service.description,
            capabilities: service.capabilities, settings: Dashboard.Settings(interval: interval))
        let program = Program(
            dashboard: dashboard, terminal: terminal, connection: connection ?? ServiceConnection(service),
            connect: connect, inputDescriptor: wake.read)
        self.program = program
        ending = Task { await program.run() }
    }

    func type(_ keys: Key...) {
        terminal.typed += keys
        var byte: UInt8 = 0
        write(wake.write, &byte, 1)
    }

    func type(_ text: String) {
        terminal.typed += text.map { Key.character($0) }
        var byte: UInt8 = 0
        write(wake.write, &byte, 1)
    }

    /// Waits for the end; the pipe is closed behind it.
    func end() async -> Program.Ending {
        let ending = await ending.value
        close(wake.read)
        close(wake.write)
        return ending
    }
}

extension Run {
    static func make(_ id: String, status: RunStatus = .running, parent: String? = nil) -> Run {
        let start = Timestamp(milliseconds: 1_772_355_600_000)
        return Run(
            id: RunID(id), experimentID: ExperimentID("exp"), experimentName: "exp", name: "run \(id)", status: status,
            parentID: parent.map { RunID($0) }, createdAt: start, startedAt: start)
    }
}

/// Waits until something holds, and fails when it does not within ten seconds.
@MainActor
func eventually(
    _ what: String, sourceLocation: SourceLocation = #_sourceLocation, _ holds: @MainActor () async -> Bool
) async {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
        if await holds() { return }
        try? await Task.sleep(for: .milliseconds(1))
    }
    Issue.record("never came true: \(what)", sourceLocation: sourceLocation)
}
