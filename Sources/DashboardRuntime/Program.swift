package import DashboardCore
import Dispatch
package import RunModel
package import RunServices
package import TerminalUI

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The loop: actions into the dashboard, effects out of it, at most one drawing per turn of the main queue.
@MainActor
package final class Program {
    private var dashboard: Dashboard
    let terminal: any Terminal
    private let connection: ServiceConnection
    private let connect: ServiceConnector
    private let repeatCommand: CommandRepeater?
    private let queues: (any QueueKeeper)?
    private lazy var effects = EffectRunner(
        connection: connection, connect: connect, repeatCommand: repeatCommand, queues: queues
    ) { [weak self] in self?.send($0) }
    private lazy var timer = PollTimer { [weak self] in self?.send(.tick) }
    private let signals = SignalSources()
    private let inputDescriptor: Int32
    private var hook: HookQueue?
    private lazy var background = BackgroundQueue { [weak self] in
        self?.send(.commandEnded($0, $1, lastLine: $2))
    }
    /// The program that has the terminal now.
    private var loan: TerminalLoan?
    private let keeper: (any ScreenKeeping)?
    private let views: (any ViewKeeping)?
    private let firstView: NamedView?
    private var isKeepScheduled = false
    /// What the terminal's window is called now.
    private var title: String?
    private var input: (any DispatchSourceRead)?
    private var isDrawScheduled = false
    /// When the pending wake-up fires, monotonic ms.
    private var wakeAt: Int64?
    private var finish: CheckedContinuation<Ending, Never>?
    /// What had not been confirmed when the program ended, a sentence for each command; empty before that.
    package private(set) var unconfirmed: [String] = []

    /// Why the loop ended.
    package enum Ending: Equatable, Sendable {
        /// The person quit, or the terminal went away.
        case quit
        /// The same, with a command under way that the service had not confirmed.
        case quitUnconfirmed
        /// A signal asked for it; the process should end as by that signal.
        case signal(Int32)
    }

    /// - Parameters:
    ///   - connection: the run service that the dashboard begins with.
    ///   - connect: the way to others.
    ///   - repeatCommand: starts a run's command again; nil where that cannot be done.
    ///   - queues: the queues of this machine; nil where there are none to be shown.
    ///   - hook: what is run for events; nil for nothing.
    ///   - keeper: where it is kept how the screen was left; nil keeps nothing.
    ///   - views: where views are kept; nil keeps none.
    ///   - firstView: the one to begin with.
    ///   - inputDescriptor: the file descriptor that becomes readable when the terminal has keys.
    package init(
        dashboard: Dashboard, terminal: any Terminal, connection: ServiceConnection,
        connect: @escaping ServiceConnector, repeatCommand: CommandRepeater? = nil,
        queues: (any QueueKeeper)? = nil, hook: (any EventHook)? = nil,
        keeper: (any ScreenKeeping)? = nil, views: (any ViewKeeping)? = nil, firstView: NamedView? = nil,
        inputDescriptor: Int32 = STDIN_FILENO
    ) {
        self.inputDescriptor = inputDescriptor
        self.dashboard = dashboard
        self.terminal = terminal
        self.connection = connection
        self.connect = connect
        self.repeatCommand = repeatCommand
        self.queues = queues
        self.keeper = keeper
        self.views = views
        self.firstView = firstView
        if let hook { self.hook = HookQueue(hook) { [weak self] in self?.send(.hookFailed($0)) } }
    }

    /// Runs until the person quits, a signal ends it or the terminal is gone; the terminal is then as it was found.
    ///
    /// It does not wait for a service that is silent: see `unconfirmed` for the commands that were not answered.
    package func run() async -> Ending {
        let ending = await withCheckedContinuation { continuation in
            finish = continuation
            start()
        }
        timer.stop()
        keep()
        hook?.end()
        background.end()
        input?.cancel()
        if case .signal(let number) = ending { loan?.forward(number) }
        terminal.close()
        keeper?.finish()
        unconfirmed = await effects.end().map { dashboard.farewell(of: $0.steering, runs: $0.runs, on: $0.service) }
        signals.stop()
        return ending == .quit && !unconfirmed.isEmpty ? .quitUnconfirmed : ending
    }

    private func start() {
        signals.handle([SIGTERM, SIGHUP]) { [weak self] in self?.end(.signal($0)) }
        signals.handle([SIGINT]) { [weak self] in
            // ctrl-c is meant for the program that has the terminal.
            if self?.loan == nil { self?.end(.signal($0)) }
        }
        signals.handle([SIGWINCH]) { [weak self] _ in self?.resized() }
        signals.handle([SIGTSTP]) { [weak self] _ in self?.suspend() }
        // A write to a closed pty must not kill us before the terminal is restored.
        signals.handle([SIGPIPE]) { _ in }
        listen()
        timer.start(interval: dashboard.polling.interval)
        recall()
        if let firstView { send(.viewChosen(firstView)) }
        send(.started)
    }

    private func listen() {
        let source = DispatchSource.makeReadSource(fileDescriptor: inputDescriptor, queue: .main)
        source.setEventHandler { @Sendable [weak self] in
            MainActor.assumeIsolated { self?.readInput() }
        }
        source.resume()
        input = source
    }

    /// Takes in an action and does what follows from it; nothing after the end.
    package func send(_ action: Action) {
        guard finish != nil else { return }
        if case .connected = action { keep() }
        for effect in dashboard.update(action, at: SystemClock.now()) { perform(effect) }
        if case .key = action { scheduleKeep() }
        if case .connected = action { recall() }
        scheduleDraw()
        scheduleWake()
    }

    /// Makes the screen what it was when this service was left.
    private func recall() {
        guard let keeper else { return }
        let (memory, complaint) = keeper.recall(dashboard.service)
        if memory != nil || complaint != nil { send(.recalled(memory, complaint: complaint)) }
    }

    private func keep() {
        isKeepScheduled = false
        keeper?.keep(dashboard.memory, of: dashboard.service)
    }

    /// Milliseconds after a key in which others may follow that change the screen too.
    private static let keepDelay = 3_000

    /// Only keys change what is kept, so a tick costs nothing.
    private func scheduleKeep() {
        guard keeper != nil, !isKeepScheduled else { return }
        isKeepScheduled = true
        DispatchQueue.main.asyncAfter(deadline: .now() + .milliseconds(Self.keepDelay)) { @Sendable [weak self] in
            MainActor.assumeIsolated {
                guard let self, self.finish != nil, self.isKeepScheduled else { return }
                self.keep()
            }
        }
    }

    private func perform(_ effect: Effect) {
        if effects.run(effect) { return }
        switch effect {
        case .setInterval(let milliseconds): timer.start(interval: milliseconds)
        case .redraw: terminal.redraw()
        case .signal(let signals): for signal in signals { terminal.emit(signal) }
        case .runHook(let event): hook?.take(event)
        case .changeViews(let change): changeViews(change)
        case .copy(let request): send(.copied(request, copy(request)))
        case .export(let listing, let format, let path): export(listing, format, to: path)
        case .editNote(let draft): edit(draft)
        case .runForeground(let command, let name):
            Task { [weak self] in
                guard let end = await self?.lend(to: command) else { return }
                self?.send(.commandEnded(name, end, lastLine: ""))
            }
        case .runBackground(let command): background.take(command)
        case .suspend: suspend()
        case .quit: end(.quit)
        default: break
        }
    }

    private func changeViews(_ change: ViewChange) {
        guard let views else { return }
        Task { [weak self] in self?.send(.viewsArrived(change, await views.make(change))) }
    }

    private func readInput() {
        guard loan == nil else { return }
        for key in terminal.readKeys() { send(.key(key)) }
        if terminal.isClosed { end(.quit) }
    }

    private func resized() {
        guard loan == nil else { return }
        terminal.resize()
        send(.resized(terminal.size))
    }

    /// Gives the terminal back and stops; goes on from here when the shell says `fg`.
    private func suspend() {
        guard loan == nil else {
            // The program that has the terminal stopped by the same key, and goes on by the same `fg`.
            raise(SIGSTOP)
            return
        }
        keep()
        terminal.suspend()
        // Not kill: another thread may take the signal, and this one would have the terminal back before it stops.
        raise(SIGSTOP)
        takeBack()
    }

    /// Lends the terminal to a program and takes it back when that has ended; events go on being noticed meanwhile.
    func lend(to command: ForegroundCommand) async -> CommandEnd {
        guard finish != nil, loan == nil else { return .notStarted("another program has the terminal") }
        let loan = TerminalLoan(command, input: inputDescriptor)
        self.loan = loan
        input?.cancel()
        terminal.suspend()
        let end = await loan.run()
        if command.waitsForKey, finish != nil { await loan.waitForKey(after: end) }
        self.loan = nil
        guard finish != nil else { return end }
        listen()
        takeBack()
        // What was typed at the program's end was meant for it.
        _ = terminal.readKeys()
        return end
    }

    private func takeBack() {
        terminal.resume()
        title = nil
        send(.resized(terminal.size))
        send(.tick)
    }

    private func end(_ ending: Ending) {
        finish?.resume(returning: ending)
        finish = nil
    }

    /// Draws once for all actions that arrive in this turn of the main queue.
    private func scheduleDraw() {
        guard !isDrawScheduled else { return }
        isDrawScheduled = true
        DispatchQueue.main.async { @Sendable [weak self] in
            MainActor.assumeIsolated { self?.draw() }
        }
    }

    private func draw() {
        isDrawScheduled = false
        guard finish != nil, loan == nil else { return }
        terminal.present(dashboard.render())
        if let wanted = dashboard.title, wanted != title {
            title = wanted
            terminal.emit(.title(wanted))
        }
    }

    /// Wakes when a notice has been up long enough, which may be well before the next tick.
    private func scheduleWake() {
        guard let until = dashboard.notice?.until, wakeAt != until else { return }
        wakeAt = until
        let delay = max(0, until - SystemClock.now().monotonic)
        DispatchQueue.main.asyncAfter(deadline: .now() + .milliseconds(Int(delay))) { @Sendable [weak self] in
            MainActor.assumeIsolated { self?.send(.elapsed) }
        }
    }
}
