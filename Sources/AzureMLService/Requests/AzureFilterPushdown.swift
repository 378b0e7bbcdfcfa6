import MLflowMeaning
import RemotePolling
import RunModel

/// The conditions of a filter that run history evaluates; each lets at least every run pass that the filter lets pass, and
/// the whole filter is evaluated here again.
struct AzureFilterPushdown {
    private var clauses: [String] = []
    /// What asks only for the experiment, of which all are known here.
    private var experimentTests: [Filter] = []
    /// Whether a run can only be judged by its metrics, which run history tells apart from runs.
    private(set) var needsMetrics = false

    /// Nil where run history is asked for everything.
    var text: String? { ODataText.all(clauses) }

    /// - Parameter now: what an age is counted to.
    init(_ filter: Filter, at now: Timestamp) {
        needsMetrics = filter.expression.looksAtMetrics
        for condition in filter.expression.conjuncts {
            if case .comparison(let comparison) = condition, let clause = Self.clause(comparison, at: now) {
                clauses.append(clause)
                continue
            }
            guard let key = condition.onlyKey, key == .status || key == .experiment, let test = try? Filter(condition)
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
        switch comparison.key {
        case .created, .age, .started, .ended: timeClause(comparison, at: now)
        case .id: idClause("RunId", comparison)
        case .parent: idClause("ParentRunId", comparison)
        case .root: idClause("RootRunId", comparison)
        case .tag(let key) where key != MLflowTag.note: equalClause("Tags", key, comparison)
        case .property(let key): equalClause("Properties", key, comparison)
        case .param(let key): equalClause("Properties", AzureRecord.paramPrefix + key, comparison)
        default: nil
        }
    }

    private static func equalClause(_ family: String, _ key: String, _ comparison: FilterComparison) -> String? {
        guard comparison.comparator == .equal, comparison.values.count == 1, ODataText.isPlain(key),
            case .text(let text) = comparison.values[0], let quoted = ODataText.quoted(text)
        else { return nil }
        return "\(family)/\(key) eq \(quoted)"
    }

    private static func idClause(_ field: String, _ comparison: FilterComparison) -> String? {
        guard comparison.comparator == .equal || comparison.comparator == .isIn, !comparison.values.isEmpty,
            comparison.values.count <= maximumIDs
        else { return nil }
        var parts: [String] = []
        for value in comparison.values {
            guard case .text(let text) = value, ODataText.isPlain(text) else { return nil }
            parts.append("\(field) eq \(text)")
        }
        return ODataText.any(parts)
    }

    /// Longer filters are not sent.
    private static let maximumIDs = 100

    private static func timeClause(_ comparison: FilterComparison, at now: Timestamp) -> String? {
        guard let (least, greatest) = comparison.times(at: now) else { return nil }
        let field =
            switch comparison.key {
            case .started: "StartTimeUtc"
            case .ended: "EndTimeUtc"
            default: "CreatedUtc"
            }
        // No run of Azure's was before, or will be after; and these are years that can be written.
        let (first, last): (Int64, Int64) = (0, 4_102_444_800_000)
        var parts: [String] = []
        if least > first { parts.append("\(field) ge \(ODataText.moment(min(least, last)))") }
        // Azure counts parts of a millisecond, which are cut off here.
        if greatest < last { parts.append("\(field) lt \(ODataText.moment(max(greatest, first) + 1))") }
        return ODataText.all(parts)
    }

    /// Azure's words and the statuses that they may stand for (`AzureRecord.status`). Words of later services stand for
    /// themselves, so these always come.
    private static let meanings: [(word: String, statuses: [RunStatus])] = [
        ("NotStarted", [.notStarted]), ("Queued", [.queued]), ("Preparing", [.preparing]),
        ("Provisioning", [.preparing]), ("Starting", [.preparing]), ("Running", [.running, .notResponding]),
        ("Finalizing", [.finalizing, .notResponding]), ("CancelRequested", [.cancelRequested, .notResponding]),
        ("Paused", [.paused]), ("NotResponding", [.notResponding]), ("Completed", [.completed, .finalizing]),
        ("Failed", [.failed, .finalizing]), ("Canceled", [.canceled, .cancelRequested]),
    ]

    private static func clauses(excludedBy test: Filter, at now: Timestamp) -> [String] {
        meanings.filter { meaning in !test.passes(anyOf: meaning.statuses, at: now) }
            .map { "Status ne \($0.word)" }
    }
}

extension FilterExpression {
    /// Whether any part of it asks for a metric.
    var looksAtMetrics: Bool {
        switch self {
        case .and(let parts), .or(let parts): parts.contains(where: \.looksAtMetrics)
        case .not(let part): part.looksAtMetrics
        case .bareWord: false
        case .comparison(let comparison):
            switch comparison.key {
            case .metric, .anyMetric: true
            default: false
            }
        }
    }
}
