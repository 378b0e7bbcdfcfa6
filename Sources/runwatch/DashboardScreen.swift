import DashboardCore
import DashboardRuntime
import Glibc
import NcursesBackend
import RunExecution
import RunModel
import RunServices
import TerminalUI
import UserConfiguration

/// Opens the terminal, runs the dashboard on a run service, and leaves the terminal as it was.
@MainActor
struct DashboardScreen {
    private let settings: ScreenSettings
    private let keys: KeyMap
    private let commands: [UserCommand]
    private let colors: StatusColors
    private let services: ServiceDirectory
    private let screens: ScreenFiles?
    private let views: [NamedView]
    private let firstView: NamedView?

    /// Throws `invalid` for keys that the configuration chooses wrongly.
    ///
    /// - Parameters:
    ///   - screens: where it is kept how screens were left; nil keeps nothing.
    ///   - view: the name of the view to begin with.
    init(
        _ locator: ServiceLocator, chosen: ServiceLocation, settings: ScreenSettings, screens: ScreenFiles? = nil,
        view: String? = nil
    ) throws(RunServiceError) {
        self.settings = settings
        self.screens = screens
        views = locator.configuration.views.map(\.value)
        firstView = try view.map { [views] name throws(RunServiceError) in
            if let view = views.first(where: { $0.name == name }) { return view }
            let known =
                views.isEmpty ? "the configuration has none" : "there are \(views.map(\.name).joined(separator: ", "))"
            throw RunServiceError(.invalid, "--view: there is no view “\(name)”; \(known).")
        }
        let file = locator.configuration
        let keys = try UserFile.asError { () throws(ConfigurationFaults) in try file.keyMap() }
        self.keys = keys
        commands = try UserFile.asError { () throws(ConfigurationFaults) in try file.userCommands(beside: keys) }
        colors = try UserFile.asError { () throws(ConfigurationFaults) in try file.statusColors() }
        services = ServiceDirectory(locator: locator, chosen: chosen, isReadOnly: settings.isReadOnly)
    }

    /// How long a service may take to open before the screen opens without it.
    private static let patience = Duration.seconds(1)

    /// Returns once the terminal is restored, with why the dashboard ended.
    ///
    /// Throws, before the screen opens, what waiting would not make better.
    func show() async throws -> Program.Ending {
        let connection = services.connection(to: services.chosen)
        let capabilities = try await connection.prepare(patience: Self.patience)
        let terminal = try NcursesTerminal(color: settings.color.value == .auto, mouse: settings.mouse.value)
        let start = Dashboard.Settings(
            interval: Int(settings.interval.value * 1_000), limit: settings.limit.value, readOnlyReason: readOnlyReason,
            columns: settings.columns.value, sort: settings.sort.value, channels: settings.notify.value,
            views: views, commands: commands, colors: colors)
        let dashboard = Dashboard(
            size: terminal.size, now: SystemClock.now(), service: connection.description,
            capabilities: capabilities ?? Capabilities(),
            glyphs: settings.ascii.value ? .ascii : terminal.traits.glyphs, keys: keys, settings: start,
            knownServices: services.descriptions)
        let services = services
        let program = Program(
            dashboard: dashboard, terminal: terminal, connection: connection,
            connect: { name throws(RunServiceError) in try services.connection(to: name) },
            repeatCommand: { run, changes, service throws(RunServiceError) in
                try await RerunStarter.start(run, changing: changes, on: service)
            },
            queues: HostQueues(), hook: settings.hook.value.isEmpty ? nil : HookCommand(command: settings.hook.value),
            keeper: screens,
            views: ViewFile(place: ConfigurationPlace(environment: Environment.all)), firstView: firstView)
        let ending = await program.run()
        for sentence in program.unconfirmed { Console.warn(sentence) }
        return ending
    }

    private var readOnlyReason: String? {
        guard settings.readOnly.value else { return nil }
        return switch settings.readOnly.source {
        case .option, .standard: "runwatch was started with --read-only."
        case .variable(let name): "\(name) lets nothing be changed."
        case .file(let path, let line): "\(Shown.path(path)):\(line) lets nothing be changed; --no-read-only does."
        }
    }
}

extension Program.Ending {
    /// Ends the process by the signal that ended the dashboard, so that a shell or supervisor sees that signal.
    ///
    /// Ends it with status 1 where a command was not confirmed: what was asked for may not have happened.
    func finish() {
        if self == .quitUnconfirmed { exit(EXIT_FAILURE) }
        guard case .signal(let number) = self else { return }
        ProcessEnd.bySignal(number)
    }
}
