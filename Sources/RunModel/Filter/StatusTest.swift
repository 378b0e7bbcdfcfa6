/// What a comparison asks of a status, worked out for every known one beforehand.
package struct StatusTest: Sendable {
    /// One bit for each of `RunStatus.known`.
    private var accepted: UInt16 = 0
    private let words: [String]
    private let comparator: FilterComparator
    private let textTest: TextTest
    private let negated: Bool

    /// `comparator` is a positive one, and `textTest` what it asks of a text.
    init(_ comparator: FilterComparator, _ values: [String], _ textTest: TextTest, negated: Bool) {
        words = values.map { $0.lowercased() }
        self.comparator = comparator
        self.textTest = textTest
        self.negated = negated
        for status in RunStatus.known where accepts(known: status) { accepted |= status.bit }
        // A group that is still being typed, as in “status:act”.
        if accepted == 0, comparator == .contains, let prefix = words.first, !prefix.isEmpty,
            let group = StatusGroup.allCases.first(where: { $0.rawValue.hasPrefix(prefix) })
        {
            for status in RunStatus.known where group.contains(status) { accepted |= status.bit }
        }
    }

    /// Whether a status is as the comparison asks.
    package func passes(_ status: RunStatus) -> Bool {
        if case .unknown(let word) = status {
            let isOne = comparator == .equal || comparator == .isIn
            return (isOne ? words.contains(word.lowercased()) : textTest.passes(word)) != negated
        }
        return (accepted & status.bit != 0) != negated
    }

    private func accepts(known status: RunStatus) -> Bool {
        switch comparator {
        case .equal, .isIn: words.contains { StatusTest.word($0, names: status) }
        case .contains:
            if let word = words.first, let group = StatusGroup(rawValue: word) {
                group.contains(status)
            } else {
                status.spellings.contains(where: textTest.passes)
            }
        default: status.spellings.contains(where: textTest.passes)
        }
    }

    private static func word(_ word: String, names status: RunStatus) -> Bool {
        if let group = StatusGroup(rawValue: word) { return group.contains(status) }
        return RunStatus(word: word) == status || status.spellings.contains { $0.lowercased() == word }
    }
}

/// Words of the filter language that stand for several statuses.
enum StatusGroup: String, CaseIterable {
    case active
    case ended
    case terminal

    func contains(_ status: RunStatus) -> Bool { self == .active ? status.isActive : status.isTerminal }
}

extension RunStatus {
    /// Every spelling that a filter finds it by: its own and that of MLflow's `RunStatus`
    /// (https://mlflow.org/docs/latest/rest-api.html#runstatus).
    fileprivate var spellings: [String] {
        switch self {
        case .queued: [word, "SCHEDULED"]
        case .running: [word, "RUNNING"]
        case .completed: [word, "FINISHED"]
        case .failed: [word, "FAILED"]
        case .canceled: [word, "KILLED"]
        default: [word]
        }
    }

    fileprivate var bit: UInt16 {
        switch self {
        case .notStarted: 1 << 0
        case .queued: 1 << 1
        case .preparing: 1 << 2
        case .running: 1 << 3
        case .finalizing: 1 << 4
        case .cancelRequested: 1 << 5
        case .paused: 1 << 6
        case .notResponding: 1 << 7
        case .completed: 1 << 8
        case .failed: 1 << 9
        case .canceled: 1 << 10
        case .unknown: 0
        }
    }
}
