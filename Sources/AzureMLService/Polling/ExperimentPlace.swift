import RunModel

/// Where a full read of a workspace goes on: run history lists the runs of one experiment at a time.
struct ExperimentPlace: Equatable {
    var experiment: ExperimentID
    /// The page within the experiment; nil for its first.
    var token: String?

    init(_ experiment: ExperimentID, after token: String? = nil) {
        self.experiment = experiment
        self.token = token
    }

    /// Nil for a text that is none.
    init?(text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let length = Int(Substring(parts[0])), length > 0, length <= parts[1].count else {
            return nil
        }
        experiment = ExperimentID(String(decoding: parts[1].prefix(length), as: UTF8.self))
        let rest = String(decoding: parts[1].dropFirst(length), as: UTF8.self)
        token = rest.isEmpty ? nil : rest
    }

    /// A length rather than a separator: an id may hold any character.
    var text: String { "\(experiment.text.utf8.count):\(experiment.text)\(token ?? "")" }
}
