/// Names one run within its run service; opaque text chosen by whoever created the run.
package struct RunID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) { self.text = text }

    package var description: String { text }

    package static func < (left: RunID, right: RunID) -> Bool { left.text < right.text }
}

/// Names one experiment within its run service; stable when the experiment is renamed.
package struct ExperimentID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) { self.text = text }

    package var description: String { text }

    package static func < (left: ExperimentID, right: ExperimentID) -> Bool { left.text < right.text }
}
