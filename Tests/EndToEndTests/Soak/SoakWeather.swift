import TestSupport

/// What comes over a dashboard: outages of its service, windows of other sizes, keys.
struct SoakWeather {
    private let plan: SoakPlan
    private let terminal: TerminalSession
    private let gate: ServerGate
    private var generator = SeededGenerator(seed: 7)
    private var turns = 0
    private var nextOutage: Duration
    /// When the present outage ends.
    private var outageEnd: Duration?

    private static let sizes = [(120, 40), (80, 24), (200, 60), (40, 8), (30, 5), (100, 15), (120, 40)]
    /// None that steers a run, leaves the program or begins a line; nor one that goes to another experiment, for of the
    /// others nothing is polled then.
    private static let keys = [
        "j", "k", "G", "g", "PageDown", "PageUp", "1", "2", "4", "5", "1", "Z", "M", "M", "e", "e", "x", "O",
        "O",
    ]

    init(_ plan: SoakPlan, _ terminal: TerminalSession, _ gate: ServerGate) {
        self.plan = plan
        self.terminal = terminal
        self.gate = gate
        nextOutage = min(plan.outageEvery, plan.duration / 3)
    }

    /// Once a second.
    mutating func turn(_ now: Duration) async throws {
        turns += 1
        if let end = outageEnd, now >= end {
            try gate.open()
            outageEnd = nil
            nextOutage = now + plan.outageEvery
        } else if outageEnd == nil, now >= nextOutage, now + plan.outage < plan.duration {
            gate.shut()
            outageEnd = now + plan.outage
        }
        if turns % 3 == 0 {
            let (columns, rows) = Self.sizes[turns / 3 % Self.sizes.count]
            try await terminal.resize(columns: columns, rows: rows)
        }
        try await terminal.press(Self.keys[turns % Self.keys.count])
    }

    /// As it was at the start.
    mutating func clear() async throws {
        if outageEnd != nil { try gate.open() }
        outageEnd = nil
        try await terminal.resize(columns: 120, rows: 40)
    }
}
