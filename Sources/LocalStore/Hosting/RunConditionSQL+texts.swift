import GRDB
import RunModel
import RunServices
import SQLiteStatements

extension RunConditionSQL {
    mutating func text(_ key: FilterKey, _ test: TextTest, negated: Bool) -> String {
        if !negated, case .equals(let value) = test {
            // The index of ids finds these without a look at other runs.
            switch key {
            case .parent: return "COALESCE(runs.parent_pk = (SELECT pk FROM runs WHERE id = \(bind(.text(value)))), 0)"
            case .root: return "COALESCE(runs.root_pk = (SELECT pk FROM runs WHERE id = \(bind(.text(value)))), 0)"
            case .id: return "runs.id = \(bind(.text(value)))"
            default: break
            }
        }
        if case .dataset(let field) = key { return dataset(field) { $0.compare($1, test, negated: negated) } }
        guard let value = textValue(key) else { return "0" }
        return compare(value, test, negated: negated)
    }

    /// Equality is SQLite's own where its bytes and Swift's characters agree on it.
    mutating func compare(_ expression: String, _ test: TextTest, negated: Bool) -> String {
        if case .equals(let value) = test, value.utf8.allSatisfy({ $0 < 0x80 }) {
            return "COALESCE(\(expression) \(negated ? "<>" : "=") \(bind(.text(value))), 0)"
        }
        return self.test(expression) { test.passes($0) != negated }
    }

    /// The text of a run that a key looks at, NULL where there is none; nil for a key that looks at no text.
    private mutating func textValue(_ key: FilterKey) -> String? {
        switch key {
        case .name: "runs.name"
        case .id: "runs.id"
        case .user: "runs.user"
        case .parent: "(SELECT id FROM runs AS other WHERE other.pk = runs.parent_pk)"
        case .root: "(SELECT id FROM runs AS other WHERE other.pk = runs.root_pk)"
        case .artifactURI: "runs.artifact_uri"
        case .tag(let key): "(SELECT value FROM tags WHERE run_pk = runs.pk AND key = \(bind(.text(key))))"
        case .param(let key): "(SELECT value FROM params WHERE run_pk = runs.pk AND key = \(bind(.text(key))))"
        case .property(let key): "(SELECT value FROM properties WHERE run_pk = runs.pk AND key = \(bind(.text(key))))"
        default: nil
        }
    }

    mutating func present(_ key: FilterKey) -> String {
        switch key {
        case .status, .name, .id, .experiment, .root, .created, .age: return "1"
        case .user: return "runs.user <> ''"
        case .number: return "runs.number IS NOT NULL"
        case .parent: return "runs.parent_pk IS NOT NULL"
        case .started, .duration: return "runs.started_at IS NOT NULL"
        case .ended: return "runs.ended_at IS NOT NULL"
        case .attention: return attention([.notANumber, .silent], negated: false)
        case .artifactURI: return "runs.artifact_uri IS NOT NULL"
        case .dataset(let field): return dataset(field) { _, value in "\(value) IS NOT NULL" }
        case .tag(let key): return entry("tags", "key = \(bind(.text(key)))")
        case .param(let key): return entry("params", "key = \(bind(.text(key)))")
        case .property(let key): return entry("properties", "key = \(bind(.text(key)))")
        case .metric(let key): return entry("latest_metrics", "key = \(bind(.text(key)))")
        case .anyTag: return entry("tags", Self.isNoMachineTag)
        case .anyParam: return entry("params", "1")
        case .anyProperty: return entry("properties", "1")
        case .anyMetric: return entry("latest_metrics", "1")
        }
    }

    mutating func anyEntry(_ key: FilterKey, _ word: CaseInsensitiveText) -> String {
        let table: String
        var condition = "(" + test("key", word.isContained) + " OR " + test("value", word.isContained) + ")"
        switch key {
        case .anyTag:
            table = "tags"
            condition += " AND " + Self.isNoMachineTag
        case .anyParam: table = "params"
        case .anyProperty: table = "properties"
        default: table = "latest_metrics"
        }
        return entry(table, condition)
    }

    private func entry(_ table: String, _ condition: String) -> String {
        "EXISTS (SELECT 1 FROM \(table) WHERE run_pk = runs.pk AND \(condition))"
    }

    /// As `MachineTag` has it.
    private static let isNoMachineTag =
        "(key NOT GLOB '\(MachineTag.prefix)*' OR key = '\(RunEdit.descriptionTag)')"

    private mutating func dataset(
        _ field: FilterKey.DatasetField, _ condition: (inout RunConditionSQL, String) -> String
    ) -> String {
        let value =
            switch field {
            case .name: "datasets.name"
            case .digest: "datasets.digest"
            case .context:
                """
                (SELECT value FROM run_dataset_tags AS tag WHERE tag.run_pk = use.run_pk
                    AND tag.dataset_pk = use.dataset_pk AND tag.key = '\(DatasetInput.contextTag)')
                """
            }
        return """
            EXISTS (SELECT 1 FROM run_datasets AS use JOIN datasets ON datasets.pk = use.dataset_pk
                WHERE use.run_pk = runs.pk AND \(condition(&self, value)))
            """
    }
}
