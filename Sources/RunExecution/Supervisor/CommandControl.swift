import Glibc
import RunModel

/// The one place from which a command is signalled, stopped and killed.
actor CommandControl {
    private let stop: StopTerms
    private let records: OwnershipRecords
    private let note: @Sendable (String) -> Void
    private(set) var leader: Int32?
    private var leaderHasExited = false
    private var interrupts = 0
    /// How often this process was continued, as far as the signals have come through.
    private var continues = 0
    private var halt = TreeHalt()
    private var tree: CommandTree?
    private var terminal: PseudoTerminal?
    private let events: AsyncStream<CommandEvent>.Continuation?
    private var termination: TreeTermination?
    private var ending: Task<Void, Never>?
    private var earlySignals: [Int32] = []
    private var isAttached = false
    private var isRunGone = false
    private(set) var isCancelled = false
    /// What the place where this process runs has said of the end that it is bringing about.
    private(set) var placeEnding: PlaceEnding?
    private var isKilled = false
    private var isCommandGone = false
    /// A signal asked not to wait until the end of the command is recorded.
    private(set) var isImpatient = false

    /// - Parameters:
    ///   - stop: how the command is ended on an order.
    ///   - records: tell which processes of the command are supervisors themselves.
    ///   - note: gets sentences for the person at the terminal.
    ///   - events: is told when the command is being ended.
    init(
        stop: StopTerms, records: OwnershipRecords, events: AsyncStream<CommandEvent>.Continuation? = nil,
        note: @escaping @Sendable (String) -> Void
    ) {
        self.stop = stop
        self.records = records
        self.events = events
        self.note = note
    }

    /// `tree` has the command's processes; `terminal` is its own one.
    func started(_ tree: CommandTree, terminal: PseudoTerminal?) {
        self.tree = tree
        self.terminal = terminal
        leader = tree.leader
        termination = TreeTermination(
            tree, grace: stop.grace, signal: SignalName.number(of: stop.signal) ?? SIGTERM, records: records)
        for signal in earlySignals { pass(signal) }
        earlySignals = []
        if let placeEnding { obey(placeEnding) }
    }

    func commandAttached() { isAttached = true }

    /// The run service does not have the run any more; true when that is news.
    func runIsGone() -> Bool {
        defer { isRunGone = true }
        return !isRunGone
    }

    /// The run service does not know yet which process group is the command's.
    var needsAttaching: Bool { leader != nil && !isAttached && !leaderHasExited }

    func leaderExited() { leaderHasExited = true }

    /// How many processes go on that the command has left in the background.
    func background() -> Int { termination?.remaining().count ?? 0 }

    /// The command's first process was stopped: by ctrl-z on its own terminal, unless this process did it.
    ///
    /// All of this process's job stops then, as it would if it had the terminal itself; this process's own share comes
    /// back as a signal.
    func leaderStopped() {
        guard let leader, !leaderHasExited else { return }
        let table = ProcessEntry.snapshot()
        guard table.contains(where: { $0.pid == leader && $0.isStopped }) else { return }
        // Without a shell nobody would continue it, and the kernel stops no such job either.
        if ProcessEntry.isOrphaned(group: getpgrp(), in: table) { kill(-leader, SIGCONT) } else { kill(0, SIGTSTP) }
    }

    /// Signals are for this process from now on.
    func commandIsGone() { isCommandGone = true }

    var isTerminating: Bool { ending != nil }

    /// Ends the command on a person's order, which decides what its run becomes.
    func cancel() {
        isCancelled = true
        terminate()
    }

    /// Ends the command in the time that the place leaves it.
    func end(as ending: PlaceEnding) {
        if isCommandGone {
            isImpatient = true
            return
        }
        guard placeEnding == nil else { return }
        placeEnding = ending
        obey(ending)
    }

    private func obey(_ ending: PlaceEnding) {
        guard termination != nil else { return }
        if ending.isGivenToAll { termination?.noteOrder() }
        termination?.shorten(to: ending.grace)
        terminate()
    }

    /// A person gives a command that is being cancelled no more time.
    func killNow() {
        guard isCancelled, !isKilled else { return }
        isKilled = true
        termination?.hurry()
    }

    /// Passes a signal on to the whole group, and SIGTERM to all that belongs to the command. A second ctrl-c asks for the
    /// grace period, a third ends it.
    ///
    /// A negative number is a signal that the command has had from its sender already.
    func pass(_ arrived: Int32) {
        if arrived < 0, leader != nil, !isCommandGone {
            if arrived == -SIGTERM { termination?.noteOrder() }
            return
        }
        let signal = abs(arrived)
        if isCommandGone {
            if [SIGINT, SIGTERM, SIGHUP, SIGQUIT].contains(signal) { isImpatient = true }
            return
        }
        guard let tree else { return earlySignals.append(signal) }
        if signal == SIGCONT { continues += 1 }
        switch signal {
        case SIGINT:
            interrupts += 1
            switch interrupts {
            case 1: signalGroup(SIGINT)
            case 2:
                note("runwatch: ending the command; press ctrl-c once more to kill it")
                terminate()
            default: termination?.hurry()
            }
        // Under a cancel the command has had it: the order and the signal of an outer supervisor are one.
        case SIGTERM: if !isTerminating { termination?.tell() }
        case SIGTSTP:
            // A command in a session of its own ignores terminal stops, and both must stop or the log would stall it.
            terminal?.suspend()
            halt.stop(tree)
            SignalRelay.stopProcess(unlessContinuedAfter: continues)
            terminal?.resume()
            halt.resume(tree)
        case SIGCONT: halt.resume(tree)
        case SIGWINCH where terminal != nil: terminal?.resize()
        default: signalGroup(signal)
        }
    }

    private func signalGroup(_ number: Int32) {
        guard let leader else { return }
        // Once its leader is gone, a group without members may be another's soon.
        if leaderHasExited, termination?.remaining().contains(where: { $0.group == leader }) != true { return }
        kill(-leader, number)
    }

    /// The signal, the grace period, then SIGKILL to everything that belongs to the command; once.
    func terminate() {
        guard ending == nil, termination != nil else { return }
        termination?.order()
        ending = Task {
            while let current = termination, !current.isOver { await look() }
        }
        events?.yield(.changed)
    }

    /// Returns when `terminate` was not asked for, or nothing of the command is left.
    func waitUntilGone() async { await ending?.value }

    private func look() async {
        termination?.killWhenDue()
        try? await Task.sleep(for: .milliseconds(TreeTermination.pollInterval))
        termination?.lookAgain()
    }
}
