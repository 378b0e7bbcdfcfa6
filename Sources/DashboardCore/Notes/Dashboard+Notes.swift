import RunModel
import RunServices
import TerminalUI

/// What a person writes about a run.
extension Dashboard {
    var severalNotes: String? {
        actionTargets.count > 1 ? "Notes are edited one at a time; \(keyName(.unmarkAll)) unmarks all." : nil
    }

    mutating func noteCommand() -> [Effect] {
        guard let id = actionTargets.first, let run = list.table[id] else { return [] }
        notice = nil
        let note = run.descriptionText
        return [.editNote(NoteDraft(run: id, before: note, text: unsavedNotes[id] ?? note ?? ""))]
    }

    mutating func noteEdited(_ draft: NoteDraft, _ outcome: NoteOutcome) -> [Effect] {
        switch outcome {
        case .failed(let sentence):
            announce(.refused, sentence)
            return []
        case .text(let text): return save(text, draft)
        }
    }

    private mutating func save(_ text: String, _ draft: NoteDraft) -> [Effect] {
        let before = draft.before ?? ""
        guard !text.isExactly(before) else {
            unsavedNotes[draft.run] = nil
            announce(.hint, "The note is as it was.")
            return []
        }
        guard let run = list.table[draft.run] else {
            // What was written is not lost with the run.
            mode = .readingText(PlainText(text: text))
            announce(.refused, "The run is not there any more; this is what you wrote.")
            return []
        }
        unsavedNotes[run.id] = text
        guard (run.descriptionText ?? "").isExactly(before) else {
            announce(
                .refused,
                "The note of “\(run.name)” was changed elsewhere meanwhile; \(keyName(.note)) opens your text again, and "
                    + "saving it then replaces theirs.")
            return []
        }
        polling.openQuestions += 1
        return [.steer(.describe(text.isEmpty ? nil : text), [run.id])]
    }

    /// What was written stays for another try where it was refused.
    mutating func noteSaved(_ outcomes: [SteeringOutcome]) {
        for outcome in outcomes {
            if case .success = outcome.result { unsavedNotes[outcome.run] = nil }
        }
    }
}
