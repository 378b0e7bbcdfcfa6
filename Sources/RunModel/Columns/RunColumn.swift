/// A column of a listing of runs: what of a run it shows, and what stands above it.
package struct RunColumn: Sendable, Equatable {
    /// What of a run is shown.
    package enum Source: Sendable, Equatable {
        case attribute(Attribute)
        case metric(String, Aggregate)
        case param(String)
        case tag(String)
        case property(String)
    }

    /// What every run has; the raw value is the word for it.
    package enum Attribute: String, Sendable, CaseIterable {
        case id, name, status, experiment, number, user, parent, root, created, started, ended, duration
        case error, description, tags, params, properties
        case experimentID = "experiment_id"
    }

    /// Which of a metric's points is shown, or what is made of them.
    package enum Aggregate: String, Sendable, CaseIterable {
        case first, last, min, max, mean, count
    }

    /// Unique names are up to whoever asks.
    package var title: String
    /// What of a run is shown.
    package var source: Source

    /// A column with a title of its own.
    package init(_ source: Source, title: String) {
        self.source = source
        self.title = title
    }

    /// A column of what every run has.
    package init(_ attribute: Attribute) {
        self.init(.attribute(attribute), title: attribute.rawValue)
    }

    /// What a listing shows when nothing is asked for.
    package static let standard: [RunColumn] = [
        RunColumn(.id), RunColumn(.status), RunColumn(.name), RunColumn(.experiment), RunColumn(.started),
        RunColumn(.duration),
    ]

    /// The metric whose whole history the column needs; nil where the run itself tells enough.
    package var neededHistory: String? {
        if case .metric(let key, let aggregate) = source, aggregate != .last { key } else { nil }
    }
}
