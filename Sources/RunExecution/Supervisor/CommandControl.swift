import Glibc

/// The one place from which a command is signalled, stopped and killed.
actor CommandControl {
    private let grace: Int64
    private let records: OwnershipRecords
    private let note: @Sendable (String) -> Void
    private(set) var leader: Int32?
    private var leaderHasExited = false
    private var interrupts = 0
    /// How often this process was continued, as far as the signals have come through.
    private var continues = 0
    private var halt = TreeHalt()
    private var termination: TreeTermination?
    private var ending: Task<Void, Never>?
    private var earlySignals: [Int32] = []
    private var isAttached = false
    private var isRunGone = false
    private(set) var isCancelled = false
    private var isCommandGone = false
    /// A signal asked not to wait until the end of the command is recorded.
    private(set) var isImpatient = false

    /// - Parameters:
    ///   - grace: milliseconds between SIGTERM and SIGKILL.
    ///   - records: tell which processes of the command are supervisors themselves.
    ///   - note: gets sentences for the person at the terminal.
    init(grace: Int64, records: OwnershipRecords, note: @escaping @Sendable (String) -> Void) {
        self.grace = grace
        self.records = records
        self.note = note
    }

    func started(_ leader: Int32) {
        self.leader = leader
        termination = TreeTermination(leader: leader, grace: grace, records: records)
        for signal in earlySignals { pass(signal) }
        earlySignals = []
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

    /// Signals are for this process from now on.
    func commandIsGone() { isCommandGone = true }

    var isTerminating: Bool { ending != nil }

    /// Ends the command on a person's order, which decides what its run becomes.
    func cancel() {
        isCancelled = true
        terminate()
    }

    /// Passes a signal on to the whole group, and SIGTERM to all that belongs to the command. A second ctrl-c asks for the
    /// grace period, a third ends it.
    func pass(_ signal: Int32) {
        if isCommandGone {
            if [SIGINT, SIGTERM, SIGHUP, SIGQUIT].contains(signal) { isImpatient = true }
            return
        }
        guard let leader else { return earlySignals.append(signal) }
        if signal == SIGCONT { continues += 1 }
        guard !leaderHasExited || isTerminating else { return }
        switch signal {
        case SIGINT:
            interrupts += 1
            switch interrupts {
            case 1: kill(-leader, SIGINT)
            case 2:
                note("runwatch: ending the command; press ctrl-c once more to kill it")
                terminate()
            default: termination?.hurry()
            }
        // Under a cancel the command has had it: the order and the signal of an outer supervisor are one.
        case SIGTERM: if !isTerminating { termination?.tell() }
        case SIGTSTP:
            // A command in a session of its own ignores terminal stops, and both must stop or the log would stall it.
            halt.stop(leader)
            SignalRelay.stopProcess(unlessContinuedAfter: continues)
            halt.resume(leader)
        case SIGCONT: halt.resume(leader)
        default: kill(-leader, signal)
        }
    }

    /// SIGTERM, the grace period, then SIGKILL to everything that belongs to the command; once.
    func terminate() {
        guard ending == nil, termination != nil else { return }
        termination?.order()
        ending = Task {
            while let current = termination, !current.isOver { await look() }
        }
    }

    /// Returns when `terminate` was not asked for, or nothing of the command is left.
    func waitUntilGone() async { await ending?.value }

    private func look() async {
        termination?.killWhenDue()
        try? await Task.sleep(for: .milliseconds(TreeTermination.pollInterval))
        termination?.lookAgain()
    }
}
