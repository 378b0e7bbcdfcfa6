import Glibc

/// The one place from which a command is signalled, stopped and killed.
actor CommandControl {
    /// Milliseconds between looks at the process table while a command is being ended.
    private static let pollInterval = 50

    private let grace: Int64
    private let note: @Sendable (String) -> Void
    private(set) var leader: Int32?
    private var leaderHasExited = false
    private var interrupts = 0
    private var isHurried = false
    private var termination: Task<Void, Never>?
    private var earlySignals: [Int32] = []
    private var isAttached = false
    private(set) var isCancelled = false
    private var isCommandGone = false
    /// Somebody does not want to wait until the end of the command is recorded.
    private(set) var isImpatient = false

    /// `grace`: milliseconds between SIGTERM and SIGKILL; `note` tells whoever sits at the terminal.
    init(grace: Int64, note: @escaping @Sendable (String) -> Void) {
        self.grace = grace
        self.note = note
    }

    func started(_ leader: Int32) {
        self.leader = leader
        for signal in earlySignals { pass(signal) }
        earlySignals = []
    }

    func commandAttached() { isAttached = true }

    /// The run service does not know yet which process group is the command's.
    var needsAttaching: Bool { leader != nil && !isAttached && !leaderHasExited }

    func leaderExited() { leaderHasExited = true }

    /// Signals are for this process from now on.
    func commandIsGone() { isCommandGone = true }

    var isTerminating: Bool { termination != nil }

    /// Ends the command on a person's order, which decides what its run becomes.
    func cancel() {
        isCancelled = true
        terminate()
    }

    /// Passes a signal on to the whole group. A second ctrl-c asks for the grace period, a third ends it.
    func pass(_ signal: Int32) {
        if isCommandGone {
            if [SIGINT, SIGTERM, SIGHUP, SIGQUIT].contains(signal) { isImpatient = true }
            return
        }
        guard let leader else { return earlySignals.append(signal) }
        guard !leaderHasExited || isTerminating else { return }
        switch signal {
        case SIGINT:
            interrupts += 1
            switch interrupts {
            case 1: kill(-leader, SIGINT)
            case 2:
                note("runwatch: ending the command; press ctrl-c once more to kill it")
                terminate()
            default: isHurried = true
            }
        case SIGTSTP:
            // A group in a session of its own ignores terminal stops, and both must stop or the log would stall it.
            kill(-leader, SIGSTOP)
            kill(getpid(), SIGSTOP)
            kill(-leader, SIGCONT)
        default: kill(-leader, signal)
        }
    }

    /// SIGTERM, the grace period, then SIGKILL to everything that belongs to the command; once.
    func terminate() {
        guard termination == nil, let leader else { return }
        termination = Task { await end(CommandTree(leader: leader)) }
    }

    /// Returns when `terminate` was not asked for, or nothing of the command is left.
    func waitUntilGone() async { await termination?.value }

    private func end(_ commandTree: CommandTree) async {
        var tree = commandTree
        var order = KillOrder()
        let deadline = MonotonicClock.now() + grace
        // Looked at before the signal, while the descent of those whose parents will end is still on record.
        var members = tree.living(in: ProcessEntry.snapshot())
        if !members.isEmpty { kill(-tree.leader, SIGTERM) }
        // A stopped process gets its SIGTERM only when continued.
        if !members.isEmpty { kill(-tree.leader, SIGCONT) }
        while !members.isEmpty {
            let now = MonotonicClock.now()
            if now >= deadline || isHurried {
                for pid in order.victims(among: members, at: now) { kill(pid, SIGKILL) }
            }
            try? await Task.sleep(for: .milliseconds(Self.pollInterval))
            members = tree.living(in: ProcessEntry.snapshot())
        }
    }
}
