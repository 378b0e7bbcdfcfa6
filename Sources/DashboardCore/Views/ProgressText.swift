import RunAttention
import RunModel
import TerminalUI

/// How long a run takes, and how far it is where it says how long it will be.
enum ProgressText {
    /// For the duration column: `2m 04s 34% ~5 m` where that fits, else `34% ~5 m`.
    static func column(_ run: Run, _ dashboard: Dashboard, width: Int) -> String {
        let now = dashboard.now.wall
        guard let duration = run.duration(at: now).map(TimeText.duration) else { return dashboard.glyphs.missing }
        guard let progress = RunProgress(run, at: now) else { return duration }
        let share = "\(percent(progress))%"
        let left = progress.remaining.map { " ~\(TimeText.age($0))" } ?? ""
        let variants = ["\(duration) \(share)\(left)", share + left, share]
        return variants.first { TerminalText.width(of: $0) <= width } ?? duration
    }

    /// For the overview.
    static func sentence(_ progress: RunProgress) -> String {
        let left = progress.remaining.map { ", about \(TimeText.age($0)) left" } ?? ""
        return "\(percent(progress)) %\(left)"
    }

    /// Rounded down: what is not done is not 100 %.
    private static func percent(_ progress: RunProgress) -> Int { Int(progress.fraction * 100) }
}
