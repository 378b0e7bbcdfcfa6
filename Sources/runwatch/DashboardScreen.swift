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

    /// Returns once the terminal is restored, with why the dashboard ended.
    func show(_ service: any RunService) async throws -> Program.Ending {
        let terminal = try NcursesTerminal(color: options.color == .auto)
        let capabilities =
            options.readOnly
            ? service.capabilities.readOnly(because: "runwatch was started with --read-only.") : service.capabilities
        let dashboard = Dashboard(
            size: terminal.size, now: SystemClock.now(), service: service.description, capabilities: capabilities,
            glyphs: options.ascii ? .ascii : terminal.traits.glyphs,
            settings: Dashboard.Settings(interval: Int(options.interval * 1_000), limit: options.limit))
        return await Program(dashboard: dashboard, terminal: terminal, service: service).run()
    }
}

extension Program.Ending {
    /// Ends the process by the signal that ended the dashboard: a shell or supervisor is told the truth.
    func finish() {
        guard case .signal(let number) = self else { return }
        Glibc.signal(number, SIG_DFL)
        // Not kill: while another thread takes the signal, this one could get as far as exit(0). Dispatch blocks signals
        // on its threads.
        var ending = sigset_t()
        sigemptyset(&ending)
        sigaddset(&ending, number)
        pthread_sigmask(SIG_UNBLOCK, &ending, nil)
        raise(number)
    }
}
