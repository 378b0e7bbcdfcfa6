import RunServices

/// What is wrong with a setting, and where that was written.
package struct ConfigurationFault: Equatable, Sendable, CustomStringConvertible {
    /// A file, or the name of a variable.
    package var source: String
    /// From 1; nil where the whole source is meant.
    package var line: Int?
    /// What is wrong and what to write instead.
    package var sentence: String

    /// The texts may hold others' text; they are shown through `Shown`.
    package init(_ source: String, line: Int? = nil, _ sentence: String) {
        self.source = source
        self.line = line
        self.sentence = sentence
    }

    /// `FILE:LINE: sentence`.
    package var description: String {
        source + ":" + (line.map { "\($0):" } ?? "") + " " + sentence
    }
}

/// Everything that is wrong with a configuration, in the order of its lines; never empty.
package struct ConfigurationFaults: Error, Equatable, Sendable, CustomStringConvertible {
    /// The first of them, up to `limit`.
    package let faults: [ConfigurationFault]

    /// More than these help nobody.
    static let limit = 20

    /// Of at least one fault.
    package init(_ faults: [ConfigurationFault]) { self.faults = Array(faults.prefix(Self.limit)) }

    /// One line for each.
    package var description: String { faults.map(\.description).joined(separator: "\n") }
}
