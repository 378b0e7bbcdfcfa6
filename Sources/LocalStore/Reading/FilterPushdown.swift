import GRDB
import RunModel
import SQLiteStatements

/// The parts of a filter that SQLite checks, before a row is read: those that look only at the status or the experiment,
/// and what an id begins with, by which people name runs.
///
/// There are few statuses and experiments, so the filter language itself is asked which of them pass, and SQL only compares words and keys.
struct FilterPushdown {
    /// Ready to stand in front of further conditions: empty, or ending in `AND `.
    private(set) var clause = ""
    private(set) var values: [SQLValue] = []

    /// `statusIsStored` is false where a status may be shown that the store does not hold.
    init(_ filter: Filter?, statusIsStored: Bool, at now: Timestamp, _ db: Database) throws {
        guard let filter else { return }
        for condition in filter.expression.conjuncts {
            guard let test = try? Filter.parse("\(condition)"), test.expression == condition else { continue }
            switch condition.onlyKey {
            case .status where statusIsStored:
                let words = try Self.storedStatuses(db).filter { word in
                    test.matches(Self.sample(status: StoredStatus.decode(word)), at: now)
                }
                clause += "status IN (SELECT value FROM json_each(?)) AND "
                values.append(.text(words.json))
            case .experiment:
                let keys = try Self.storedExperiments(db).filter { experiment in
                    test.matches(Self.sample(experiment: experiment.id, named: experiment.name), at: now)
                }
                clause += "experiment_pk IN (SELECT value FROM json_each(?)) AND "
                values.append(keys.map(\.key).json)
            case .id:
                guard let range = condition.idRange else { continue }
                // Not a condition of its own, for which SQLite might still walk over all runs by their start.
                clause += "pk IN (SELECT pk FROM runs WHERE id >= ? AND id < ?) AND "
                values += [.text(range.first), .text(range.end)]
            default: break
            }
        }
    }

    private static func storedStatuses(_ db: Database) throws -> [String] {
        var words: [String] = []
        try db.forEachRow("SELECT DISTINCT status FROM status_counts") {
            words.append($0.text(0))
            return true
        }
        return words
    }

    private static func storedExperiments(_ db: Database) throws -> [(key: Int64, id: String, name: String)] {
        var found: [(Int64, String, String)] = []
        try db.forEachRow("SELECT pk, id, name FROM experiments") {
            found.append(($0.integer(0), $0.text(1), $0.text(2)))
            return true
        }
        return found
    }

    /// A run of which only one thing matters.
    private static func sample(
        status: RunStatus = .notStarted, experiment: String = "", named name: String = ""
    ) -> Run {
        Run(
            id: RunID(""), experimentID: ExperimentID(experiment), experimentName: name, name: "", status: status,
            createdAt: Timestamp(milliseconds: 0))
    }
}

extension FilterExpression {
    /// Where the ids lie that begin as a `LIKE` asks; nil where it does not say how they begin.
    fileprivate var idRange: (first: String, end: String)? {
        guard case .comparison(let comparison) = self, comparison.comparator == .like,
            case .text(let pattern)? = comparison.values.first
        else { return nil }
        let first = String(pattern.prefix { !"%_".contains($0) })
        // The least text that is greater than all that begin so.
        var scalars = Array(first.unicodeScalars)
        while let last = scalars.popLast() {
            let next = last.value == 0xD7FF ? 0xE000 : last.value + 1
            guard let scalar = Unicode.Scalar(next) else { continue }
            scalars.append(scalar)
            return (first, String(String.UnicodeScalarView(scalars)))
        }
        return nil
    }
}
