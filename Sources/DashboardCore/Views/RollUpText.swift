import RunModel
import TerminalUI

/// How a parent's children are doing.
enum RollUpText {
    /// For a list row: `12/50 ✓ 1 ✗ 3 ●`; completed of all, then what failed and what is alive.
    static func brief(_ counts: StatusCounts, glyphs: Glyphs) -> String {
        var text = "\(counts[.completed])/\(counts.total)"
        if counts[.failed] > 0 { text += " \(counts[.failed])\(RunStatus.failed.glyph(glyphs))" }
        if counts.active > 0 { text += " \(counts.active)\(RunStatus.running.glyph(glyphs))" }
        return text
    }

    /// What speaks for all children: what runs before what failed, and that before what is over.
    static func status(_ counts: StatusCounts) -> RunStatus {
        let waiting = counts[.queued] + counts[.notStarted]
        if counts.active > waiting { return .running }
        if counts[.failed] > 0 { return .failed }
        if waiting > 0 { return .queued }
        return counts[.completed] > 0 || counts[.canceled] == 0 ? .completed : .canceled
    }

    /// In words: `12/50 completed, 1 failed, 3 active`.
    static func sentence(_ counts: StatusCounts) -> String {
        var parts = ["\(counts[.completed])/\(counts.total) completed"]
        if counts[.failed] > 0 { parts.append("\(counts[.failed]) failed") }
        if counts[.canceled] > 0 { parts.append("\(counts[.canceled]) canceled") }
        if counts.active > 0 { parts.append("\(counts.active) active") }
        return parts.joined(separator: ", ")
    }
}
