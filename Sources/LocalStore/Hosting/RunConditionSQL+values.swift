import GRDB
import RunModel
import RunServices
import SQLiteStatements

extension RunConditionSQL {
    /// There are few words for statuses, so the test is asked which of them pass.
    mutating func status(_ test: StatusTest) throws -> String {
        // What a deleted run became is not counted, so the known words are asked about in any case.
        var words = RunStatus.known.filter(test.passes).map(\.word)
        try db.forEachRow("SELECT DISTINCT status FROM status_counts") { row in
            let status = StoredStatus.decode(row.text(0))
            if case .unknown(let word) = status, test.passes(status) { words.append(word) }
            return true
        }
        let stored = "runs.status IN (SELECT value FROM json_each(\(bind(.text(words.json)))))"
        if silent.isEmpty { return stored }
        let isSilent = "runs.pk IN (SELECT value FROM json_each(\(bind(silent.json))))"
        return test.passes(.notResponding) ? "(\(stored) OR \(isSilent))" : "(\(stored) AND NOT \(isSilent))"
    }

    mutating func experiment(_ test: TextTest, _ negated: Bool) throws -> String {
        var keys: [Int64] = []
        try db.forEachRow("SELECT pk, id, name FROM experiments") { row in
            if (test.passes(row.text(1)) || test.passes(row.text(2))) != negated { keys.append(row.integer(0)) }
            return true
        }
        return "runs.experiment_pk IN (SELECT value FROM json_each(\(bind(keys.json))))"
    }

    /// A number is less than every text to SQLite, so comparisons of its own look at numbers alone.
    mutating func metric(_ key: String, _ test: MetricTest, negated: Bool) -> String {
        let name = bind(.text(key))
        let condition: String
        if !negated, let single = test.numberOnly?.single, !single.number.isNaN {
            let number = bind(.real(single.number))
            let value = "typeof(value) IN ('real', 'integer') AND value"
            switch single.comparator {
            case .less: condition = "\(value) < \(number)"
            case .lessOrEqual: condition = "\(value) <= \(number)"
            case .greater: condition = "\(value) > \(number)"
            case .greaterOrEqual: condition = "\(value) >= \(number)"
            default: condition = "\(value) = \(number)"
            }
        } else {
            // NULL is NaN in this column.
            let nan = test.passes(.number(.nan)) != negated
            let tested = bind(tests.add { test.passes($0) != negated })
            condition = "COALESCE(run_test(\(tested), value), \(nan ? 1 : 0))"
        }
        return "EXISTS (SELECT 1 FROM latest_metrics WHERE run_pk = runs.pk AND key = \(name) AND \(condition))"
    }

    mutating func span(_ key: FilterKey, _ range: ClosedRange<Int64>, negated: Bool) -> String {
        let value: String
        switch key {
        case .created: value = "runs.created_at"
        case .started: value = "runs.started_at"
        case .ended: value = "runs.ended_at"
        case .age: value = "MAX(0, \(bind(.integer(now.milliseconds))) - runs.created_at)"
        case .duration:
            value = "MAX(0, COALESCE(runs.ended_at, \(bind(.integer(now.milliseconds)))) - runs.started_at)"
        default: return "0"
        }
        let (low, high) = (bind(.integer(range.lowerBound)), bind(.integer(range.upperBound)))
        return "COALESCE(\(value) \(negated ? "NOT " : "")BETWEEN \(low) AND \(high), 0)"
    }

    /// The marks that a run shows by itself, as `Run.ownMarks` has them.
    mutating func attention(_ wanted: AttentionMarks, negated: Bool) -> String {
        let any = marked(wanted)
        return negated ? "(NOT \(any) AND \(marked([.notANumber, .silent])))" : any
    }

    private mutating func marked(_ wanted: AttentionMarks) -> String {
        var parts: [String] = []
        if wanted.contains(.notANumber) {
            // NULL is NaN, and only infinities are beyond the largest double.
            let odd = "value IS NULL OR (typeof(value) = 'real' AND abs(value) > 1.7976931348623157e308)"
            parts.append("EXISTS (SELECT 1 FROM latest_metrics WHERE run_pk = runs.pk AND (\(odd)))")
        }
        if wanted.contains(.silent) {
            parts.append("runs.status = \(bind(.text(RunStatus.notResponding.word)))")
            parts.append("runs.pk IN (SELECT value FROM json_each(\(bind(silent.json))))")
        }
        return parts.isEmpty ? "0" : "(" + parts.joined(separator: " OR ") + ")"
    }

    mutating func clause(_ field: RunField, _ comparator: FilterComparator, _ texts: [String]) -> String {
        let value: String
        switch field {
        case .runType: value = member("run_type")
        case .orchestrator: value = member("orchestrator")
        case .target: value = member("target")
        case .scriptName: value = member("script_name")
        case .creator: value = member("creator_name")
        case .trait(let trait):
            value = """
                (SELECT traits.value FROM run_documents CROSS JOIN json_each(run_documents.traits) AS traits
                    WHERE run_pk = runs.pk AND traits.value = \(bind(.text(trait))))
                """
        }
        return compare(value, comparator, texts)
    }

    private func member(_ column: String) -> String {
        "(SELECT \(column) FROM run_documents WHERE run_pk = runs.pk)"
    }
}
