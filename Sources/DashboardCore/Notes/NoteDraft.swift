package import RunModel

/// A run's note on its way to an editor.
package struct NoteDraft: Equatable, Sendable {
    /// The run, captured when the editor was wanted.
    package let run: RunID
    /// What the run's note was then; nil without one.
    package let before: String?
    /// What the editor opens with: the note, or what a person wrote before and could not save.
    package let text: String
}

/// What came of editing a note.
package enum NoteOutcome: Equatable, Sendable {
    /// What the editor left, without the line end that editors add.
    case text(String)
    /// The editor failed, as the sentence tells.
    case failed(String)
}
