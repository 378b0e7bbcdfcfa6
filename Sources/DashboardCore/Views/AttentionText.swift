import RunAttention
import RunModel
import RunServices
import TerminalUI

/// How marks, events and states on the way are written.
enum AttentionText {
    /// A glyph and a word, each of its own; nil for a run without marks. The gravest mark speaks.
    static func mark(_ marks: AttentionMarks, _ glyphs: Glyphs) -> (glyph: String, word: String)? {
        let ascii = glyphs == .ascii
        if marks.contains(.silent) { return (ascii ? "z" : "∅", "silent") }
        if marks.contains(.stalled) { return (ascii ? "%" : "≡", "stalled") }
        if marks.contains(.notANumber) { return (ascii ? "#" : "≠", "NaN") }
        return nil
    }

    /// What the status column says: the status, and how long it has lasted where it should not last.
    static func status(_ status: RunStatus, of run: Run, _ dashboard: Dashboard) -> String {
        let age = dashboard.attention.tracker.stateAge(of: run.id)?.age
        switch status {
        case .cancelRequested:
            guard run.status == .cancelRequested, let age else { return status.label }
            return stopping(age, of: run, dashboard)
        case .queued, .preparing, .finalizing:
            guard let age, age >= leastAge else { return status.label }
            return "\(status.label) \(TimeText.age(age))"
        default: return status.label
        }
    }

    /// A cancel under way. A supervisor asks the command to end, waits for its grace period, and then ends what is left.
    static func stopping(_ age: Int64, of run: Run, _ dashboard: Dashboard) -> String {
        if run.isKillOrdered || dashboard.inFlight[run.id] == .kill { return "killing" }
        let grace = run.stopTerms.grace
        // What becomes of a cancel there is the cloud's business, and no grace period is known.
        let isSupervised = dashboard.service.kind != "azureml"
        guard isSupervised, age <= grace else { return "stopping \(TimeText.age(age))" }
        // Of an hour it counts what is left of it.
        return grace > 60_000
            ? "stopping, \(TimeText.age(grace - age)) left" : "stopping \(TimeText.age(age)) of \(TimeText.span(grace))"
    }

    /// A state that has just begun needs no age.
    private static let leastAge: Int64 = 10_000

    /// For an event's glyph and word.
    static func style(of kind: RunEvent.Kind) -> Style {
        switch kind {
        case .failed: Theme.bad
        case .notANumber, .stalled, .silent, .stuck, .idleGPU: Theme.caution
        case .finished, .lastChildEnded, .back, .firstOfExperiment: Theme.good
        case .canceled: .plain
        }
    }

    /// One cell that tells the kind without colour.
    static func glyph(of kind: RunEvent.Kind, _ glyphs: Glyphs) -> String {
        let ascii = glyphs == .ascii
        switch kind {
        case .finished, .lastChildEnded: return RunStatus.completed.glyph(glyphs)
        case .failed: return RunStatus.failed.glyph(glyphs)
        case .canceled: return RunStatus.canceled.glyph(glyphs)
        case .notANumber: return mark(.notANumber, glyphs)?.glyph ?? ""
        case .stalled: return mark(.stalled, glyphs)?.glyph ?? ""
        case .silent: return mark(.silent, glyphs)?.glyph ?? ""
        case .stuck: return RunStatus.queued.glyph(glyphs)
        case .back: return RunStatus.running.glyph(glyphs)
        case .firstOfExperiment: return ascii ? "1" : "◇"
        case .idleGPU: return ascii ? "z" : "◌"
        }
    }

    /// "2 failed · 1 NaN", the gravest first, as much of it as fits; empty where nothing has happened.
    static func news(_ unseen: [RunEvent.Kind: Int], width: Int, _ glyphs: Glyphs) -> String {
        var text = ""
        for kind in RunEvent.Kind.byGravity {
            guard let count = unseen[kind], count > 0 else { continue }
            let more = (text.isEmpty ? "" : " \(glyphs.separator) ") + "\(count) \(kind.word)"
            // What does not fit is told by the list; what is left out ends the line, so that the order stays that of
            // gravity.
            guard TerminalText.width(of: text + more) <= width else { break }
            text += more
        }
        return text
    }
}
