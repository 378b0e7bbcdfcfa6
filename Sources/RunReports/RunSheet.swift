package import RunModel
package import RunServices

/// All that is known of one run, for people: a line for each fact.
package enum RunSheet {
    /// Lines that end in a newline; nothing of others' text in them steers a terminal.
    package static func text(of details: RunDetails, at now: Timestamp) -> String {
        let run = details.run
        var facts: [(String, String)] = [
            ("run", run.id.text), ("name", run.name), ("experiment", run.experimentName), ("status", run.status.word),
        ]
        func add(_ label: String, _ column: RunColumn.Attribute) {
            let value = RunColumn(column).value(of: run, at: now)
            if value != .none { facts.append((label, value.shown)) }
        }
        if let failure = run.failure, !failure.brief.isEmpty {
            facts += ([failure.brief] + failure.context).map { ("error", $0) }
        }
        add("description", .description)
        add("user", .user)
        add("parent", .parent)
        add("created", .created)
        add("started", .started)
        add("ended", .ended)
        add("duration", .duration)
        if let source = details.source {
            facts.append(("command", source.command.joined(separator: " ")))
            if !source.directory.isEmpty { facts.append(("directory", source.directory)) }
            if !source.host.isEmpty { facts.append(("host", source.host)) }
            if let commit = source.revision?.commit { facts.append(("commit", commit)) }
        }
        for entry in run.shownTags.entries { facts.append(("tags", pair(entry.key, entry.value))) }
        for entry in run.properties.entries { facts.append(("properties", pair(entry.key, entry.value))) }
        for entry in run.params.entries { facts.append(("parameters", pair(entry.key, entry.value))) }
        for entry in run.metrics.ownFirst {
            facts.append(
                (
                    SystemMetric.isOne(entry.key) ? "system metrics" : "metrics",
                    pair(entry.key, ColumnValue(entry.value.value).shown)
                ))
        }
        for log in details.logs { facts.append(("logs", "\(log.name) (\(log.size) bytes)")) }
        return lines(facts)
    }

    private static func pair(_ key: String, _ value: String?) -> String { value.map { "\(key) = \($0)" } ?? key }

    /// A label that comes again is not repeated.
    private static func lines(_ facts: [(label: String, text: String)]) -> String {
        let width = facts.map(\.label.count).max() ?? 0
        var text = ""
        var last = ""
        for fact in facts {
            let label = fact.label == last ? "" : fact.label
            last = fact.label
            text += label + String(repeating: " ", count: width - label.count + 2) + TextTable.cell(fact.text) + "\n"
        }
        return text
    }
}
