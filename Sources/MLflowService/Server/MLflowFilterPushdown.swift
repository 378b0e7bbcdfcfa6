import RunModel

/// The conditions of a filter that MLflow's search evaluates; each lets at least every run pass that the filter lets
/// pass, and the whole filter is evaluated here again.
///
/// Names stay here: MLflow compares the tag `mlflow.runName`, which a run with a name may lack. So does `LIKE`: what a
/// `%` stands for differs between MLflow's stores when a text has several lines.
struct MLflowFilterPushdown {
    /// In MLflow's grammar; nil when there is nothing to push down.
    private(set) var text: String?
    /// What asks only for the experiment, of which all are known here.
    private var experimentTests: [Filter] = []

    init(_ filter: Filter, at now: Timestamp) {
        var clauses: [String] = []
        for condition in filter.expression.conjuncts {
            if case .comparison(let comparison) = condition, let clause = Self.clause(comparison) {
                clauses.append(clause)
                continue
            }
            guard let test = try? Filter.parse("\(condition)"), test.expression == condition else { continue }
            switch condition.onlyKey {
            case .status: clauses += Self.clauses(excludedBy: test, at: now)
            case .experiment: experimentTests.append(test)
            default: break
            }
        }
        if !clauses.isEmpty { text = clauses.joined(separator: " AND ") }
    }

    /// Whether runs of an experiment can pass.
    func includes(_ experiment: Experiment, at now: Timestamp) -> Bool {
        let sample = Self.sample(experiment: experiment)
        return experimentTests.allSatisfy { $0.matches(sample, at: now) }
    }

    private static func clause(_ comparison: FilterComparison) -> String? {
        guard comparison.values.count == 1, let value = comparison.values.first else { return nil }
        switch (comparison.key, value) {
        case (.metric(let key), .number(let number)): return clause(metric: key, comparison.comparator, number)
        case (.tag(let key), .text(let text)): return clause("tags", key, comparison.comparator, text)
        case (.param(let key), .text(let text)): return clause("params", key, comparison.comparator, text)
        case (.property(let key), .text(let text)):
            return clause("tags", MLflowTag.propertyPrefix + key, comparison.comparator, text)
        case (.id, .text(let text)):
            guard comparison.comparator == .equal, isPlain(text) else { return nil }
            return MLflowAPI.quoted(text).map { "attributes.run_id = \($0)" }
        default: return nil
        }
    }

    private static func clause(
        _ family: String, _ key: String, _ comparator: FilterComparator, _ text: String
    ) -> String? {
        guard comparator == .equal || comparator == .notEqual, isPlain(key), !key.isEmpty, isPlain(text) else {
            return nil
        }
        return MLflowAPI.quoted(text).map { "\(family).`\(key)` \(comparator.rawValue) \($0)" }
    }

    /// NaN and infinity stand as other numbers in MLflow's databases; `!=` would miss a NaN there.
    private static func clause(metric key: String, _ comparator: FilterComparator, _ number: Double) -> String? {
        guard comparator.isOrdering || comparator == .equal, isPlain(key), !key.isEmpty,
            number.magnitude < .greatestFiniteMagnitude
        else { return nil }
        return "metrics.`\(key)` \(comparator.rawValue) \(number)"
    }

    /// Printable ASCII that MLflow's parser takes as it stands. Other characters, and the three that are the same as
    /// one outside of ASCII (the sign for kelvin, for one), may be written in ways that only we compare as equal.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x20...0x7e).contains($0) && !"\\`;K".utf8.contains($0) }
    }

    /// MLflow's words and the statuses that they may stand for (`MLflowMapping.status`). SCHEDULED may stand for any
    /// that we keep beside it, and words of later servers for themselves, so these always come.
    private static let meanings: [(word: String, statuses: [RunStatus])] = [
        ("RUNNING", [.running, .cancelRequested, .notResponding]),
        ("FINISHED", [.completed, .finalizing, .cancelRequested]),
        ("FAILED", [.failed, .finalizing, .cancelRequested]),
        ("KILLED", [.canceled, .cancelRequested]),
    ]

    private static func clauses(excludedBy test: Filter, at now: Timestamp) -> [String] {
        meanings.filter { meaning in !meaning.statuses.contains { test.matches(sample(status: $0), at: now) } }
            .map { "attributes.status != '\($0.word)'" }
    }

    /// A run of which only one thing matters.
    private static func sample(status: RunStatus = .notStarted, experiment: Experiment? = nil) -> Run {
        Run(
            id: RunID(""), experimentID: experiment?.id ?? ExperimentID(""), experimentName: experiment?.name ?? "",
            name: "", status: status, createdAt: Timestamp(milliseconds: 0))
    }
}
