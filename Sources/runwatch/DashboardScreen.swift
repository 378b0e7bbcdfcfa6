import DashboardCore
import DashboardRuntime
import Glibc
import NcursesBackend
import RunServices
import TerminalUI

/// Opens the terminal, runs the dashboard on a run service, and leaves the terminal as it was.
@MainActor
struct DashboardScreen {
    let options: ScreenOptions

    /// - Parameter whenDone: runs once the terminal is restored, before a signal that ended the dashboard ends the process.
    func show(_ service: any RunService, whenDone: () async -> Void = {}) async throws {
        let terminal = try NcursesTerminal(color: options.color == .auto)
        let capabilities =
            options.readOnly
            ? service.capabilities.readOnly(because: "runwatch was started with --read-only.") : service.capabilities
        let dashboard = Dashboard(
            size: terminal.size, now: SystemClock.now(), service: service.description, capabilities: capabilities,
            glyphs: options.ascii ? .ascii : terminal.traits.glyphs,
            settings: Dashboard.Settings(interval: Int(options.interval * 1_000), limit: options.limit))
        let ending = await Program(dashboard: dashboard, terminal: terminal, service: service).run()
        await whenDone()
        if case .signal(let number) = ending {
            // Ending by the signal itself tells a shell or supervisor the truth about how we ended.
            signal(number, SIG_DFL)
            kill(getpid(), number)
        }
    }
}
