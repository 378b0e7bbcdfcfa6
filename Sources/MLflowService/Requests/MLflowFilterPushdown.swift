import MLflowMeaning
import RemotePolling
import RunModel

/// The conditions of a filter that MLflow's search evaluates; each lets at least every run pass that the filter lets
/// pass, and the whole filter is evaluated here again.
///
/// What stays here, since a server might pass over runs: names, for MLflow compares the tag `mlflow.runName`, which a run
/// with a name may lack; users, for the same reason; and when a run started, which may stand in a tag of ours.
struct MLflowFilterPushdown {
    /// What servers of all versions understand.
    private var clauses: [String] = []
    /// `IS NULL` and its contrary, which older servers do not take.
    private var nullClauses: [String] = []
    /// What asks only for the experiment, of which all are known here.
    private var experimentTests: [Filter] = []

    /// In MLflow's grammar, the most precise first; nil where a server is asked for everything. A server that does not
    /// understand one understands the next.
    var texts: [String?] {
        let all = clauses + nullClauses
        var texts: [String?] = all.isEmpty ? [] : [all.joined(separator: " AND ")]
        if !clauses.isEmpty && !nullClauses.isEmpty { texts.append(clauses.joined(separator: " AND ")) }
        return texts + [nil]
    }

    /// - Parameter now: what an age is counted to.
    init(_ filter: Filter, at now: Timestamp) {
        for condition in filter.expression.conjuncts {
            if case .comparison(let comparison) = condition {
                if let clause = Self.clause(comparison, at: now) {
                    clauses.append(clause)
                    continue
                }
                if let clause = Self.nullClause(comparison) {
                    nullClauses.append(clause)
                    continue
                }
            }
            guard let key = condition.onlyKey, key == .status || key == .experiment,
                let test = try? Filter(condition)
            else { continue }
            if key == .status {
                clauses += Self.clauses(excludedBy: test, at: now)
            } else {
                experimentTests.append(test)
            }
        }
    }

    /// Whether runs of an experiment can pass.
    func includes(_ experiment: Experiment, at now: Timestamp) -> Bool {
        experimentTests.allSatisfy { $0.passes(runsOf: experiment, at: now) }
    }

    private static func clause(_ comparison: FilterComparison, at now: Timestamp) -> String? {
        let (key, comparator) = (comparison.key, comparison.comparator)
        switch key {
        case .created, .age, .ended: return timeClause(comparison, at: now)
        case .id: return identityClause(comparison)
        case .parent where comparator == .isNotNull: return "tags.`\(MLflowTag.parent)` != ''"
        default: break
        }
        guard comparison.values.count == 1, let value = comparison.values.first else { return nil }
        switch (key, value) {
        case (.metric(let key), .number(let number)): return clause(metric: key, comparator, number)
        case (.tag(let key), .text(let text)): return clause("tags", key, comparator, text)
        case (.param(let key), .text(let text)): return clause("params", key, comparator, text)
        case (.property(let key), .text(let text)):
            return clause("tags", MLflowTag.propertyPrefix + key, comparator, text)
        case (.parent, .text(let text)):
            return comparator == .equal ? clause("tags", MLflowTag.parent, comparator, text) : nil
        default: return nil
        }
    }

    private static func clause(
        _ family: String, _ key: String, _ comparator: FilterComparator, _ text: String
    ) -> String? {
        guard isPlain(key), !key.isEmpty else { return nil }
        switch comparator {
        case .equal, .notEqual:
            guard isPlain(text) else { return nil }
            return MLflowAPI.quoted(text).map { "\(family).`\(key)` \(comparator.rawValue) \($0)" }
        case .like, .ilike:
            let start = start(of: text, ignoringCase: comparator == .ilike)
            if start.isEmpty { return nil }
            return MLflowAPI.quoted(start + "%").map { "\(family).`\(key)` \(comparator.rawValue) \($0)" }
        default: return nil
        }
    }

    /// What a text must begin with to be like a pattern, as far as every store of MLflow's agrees: `%` inside of a pattern
    /// and `_` stand for a line break in some and not in others. Without regard to case, `i` and `k` are the same as letters
    /// outside of ASCII here and not there.
    private static func start(of pattern: String, ignoringCase: Bool) -> String {
        let stops = ignoringCase ? "%_[iIkK" : "%_["
        let start = pattern.prefix { !stops.contains($0) && isPlain(String($0)) }
        // Without a wildcard, what follows would have to be nothing; a longer text is sorted out here.
        return String(start)
    }

    private static func identityClause(_ comparison: FilterComparison) -> String? {
        if comparison.comparator == .like, case .text(let pattern)? = comparison.values.first {
            // MLflow's ids are of these digits; what else a pattern holds is sorted out here.
            let start = String(pattern.prefix { "0123456789abcdef".contains($0) })
            return start.isEmpty ? nil : "attributes.run_id LIKE '\(start)%'"
        }
        guard comparison.comparator == .equal || comparison.comparator == .isIn, !comparison.values.isEmpty else {
            return nil
        }
        var ids: [String] = []
        for value in comparison.values {
            guard case .text(let text) = value, isPlain(text), let quoted = MLflowAPI.quoted(text) else { return nil }
            ids.append(quoted)
        }
        if comparison.comparator == .equal { return "attributes.run_id = \(ids[0])" }
        return ids.count > maximumIDs ? nil : "attributes.run_id IN (\(ids.joined(separator: ",")))"
    }

    /// SQLite takes no more than 999 values from old servers.
    private static let maximumIDs = 500

    /// MLflow's start time is when a run was created. Its end time is that of the run, once it is over.
    private static func timeClause(_ comparison: FilterComparison, at now: Timestamp) -> String? {
        guard let (least, greatest) = comparison.times(at: now) else { return nil }
        let key = comparison.key == .ended ? "end_time" : "start_time"
        // A negative number is none that all servers can read, and no time in MLflow is before 1970.
        if greatest < 0 { return nil }
        let bounds =
            (least > 0 ? ["attributes.\(key) >= \(least)"] : [])
            + (greatest < .max ? ["attributes.\(key) <= \(greatest)"] : [])
        return bounds.isEmpty ? nil : bounds.joined(separator: " AND ")
    }

    private static func nullClause(_ comparison: FilterComparison) -> String? {
        guard comparison.comparator == .isNull || comparison.comparator == .isNotNull else { return nil }
        let name: (family: String, key: String)
        switch comparison.key {
        // A property is a tag there and none here.
        case .tag(let key) where !key.hasPrefix(MLflowTag.propertyPrefix): name = ("tags", key)
        case .property(let key): name = ("tags", MLflowTag.propertyPrefix + key)
        case .param(let key): name = ("params", key)
        default: return nil
        }
        guard isPlain(name.key), !name.key.isEmpty else { return nil }
        return "\(name.family).`\(name.key)` \(comparison.comparator.rawValue)"
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
        meanings.filter { meaning in !test.passes(anyOf: meaning.statuses, at: now) }
            .map { "attributes.status != '\($0.word)'" }
    }
}
