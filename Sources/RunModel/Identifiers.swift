/// Names one run within its run service; opaque text chosen by its creator or the service. Equal only to the same
/// bytes.
package struct RunID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// As the service spells it.
    package let text: String

    /// Takes any text; whether there is such a run is for its service to say.
    package init(_ text: String) { self.text = text }

    /// The text itself.
    package var description: String { text }

    /// By their bytes.
    package static func == (left: RunID, right: RunID) -> Bool { left.text.isExactly(right.text) }

    /// By their bytes.
    package static func < (left: RunID, right: RunID) -> Bool { left.text.isBefore(right.text) }

    /// Of the text.
    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// Names one experiment within its run service; stable when the experiment is renamed. Equal only to the same bytes.
package struct ExperimentID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// As the service spells it.
    package let text: String

    /// Takes any text; whether there is such an experiment is for its service to say.
    package init(_ text: String) { self.text = text }

    /// The text itself.
    package var description: String { text }

    /// By their bytes.
    package static func == (left: ExperimentID, right: ExperimentID) -> Bool { left.text.isExactly(right.text) }

    /// By their bytes.
    package static func < (left: ExperimentID, right: ExperimentID) -> Bool { left.text.isBefore(right.text) }

    /// Of the text.
    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
