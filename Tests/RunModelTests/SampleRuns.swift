import RunModel

/// The moment at which test filters are asked.
let now = Timestamp(milliseconds: 1_795_500_000_000)

func sampleRun(
    _ id: String = "r", name: String = "run", status: RunStatus = .running, number: Int? = nil, parent: String? = nil,
    experiment: String = "explore-runs", createdAgo: Int64 = 0, started: Int64? = nil, ended: Int64? = nil,
    user: String = "", tags: [(String, String?)] = [], properties: [(String, String)] = [],
    params: [(String, String)] = [], metrics: [(String, MetricValue)] = []
) -> Run {
    Run(
        id: RunID(id), experimentID: ExperimentID("17"), experimentName: experiment, name: name, number: number,
        status: status, parentID: parent.map { RunID($0) }, rootID: parent.map { RunID($0) },
        createdAt: now.advanced(byMilliseconds: -createdAgo),
        startedAt: started.map { Timestamp(milliseconds: $0) }, endedAt: ended.map { Timestamp(milliseconds: $0) },
        user: user, tags: Tags(tags), properties: Properties(properties), params: Params(params),
        metrics: LatestMetrics(metrics.map { ($0.0, MetricPoint(step: 0, timestamp: now, value: $0.1)) }))
}

func passes(_ filter: String, _ run: Run) throws -> Bool { try Filter.parse(filter).matches(run, at: now) }

/// A generator with a fixed sequence (SplitMix64), so that a failing input comes again.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
