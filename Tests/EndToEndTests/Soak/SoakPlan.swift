import Glibc

/// How long a dashboard is left running, and what may come of it.
///
/// `Tests/soak` sets `RUNWATCH_SOAK_SECONDS`; without it the form is a short one, for every change.
struct SoakPlan {
    /// Of changes, after the first data is on screen.
    let duration: Duration
    /// More than that is read before memory counts: caches and the allocator have their size then.
    let warmUp: Duration
    /// Of resident memory, as a share of what it was after the warm-up.
    let growth: Double
    /// Allowed besides, in MB: a short run says little of growth.
    let slack: Double

    let runs = 10_000
    let changesPerSecond = 50
    let outageEvery = Duration.seconds(20)
    let outage = Duration.seconds(3)

    init() {
        let seconds = getenv("RUNWATCH_SOAK_SECONDS").flatMap { Int(String(cString: $0)) }
        isLong = seconds != nil
        let whole = max(20, seconds ?? 24)
        duration = .seconds(whole)
        warmUp = .seconds(seconds == nil ? 8 : min(600, whole / 3))
        growth = isLong ? 0.05 : 0.5
        slack = isLong ? 0 : 30
    }

    /// Somebody asked for it and waits: progress is told.
    let isLong: Bool
}
