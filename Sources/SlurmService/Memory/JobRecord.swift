import FileAccess
import RunModel
package import SlurmCommands

/// A job that is over, as one line of text: `key=value` with blanks between, values percent-encoded. Unknown keys of later
/// versions are passed over.
package enum JobRecord {
    private static let kept = PercentEncoding.unreserved + "/,:[]()=+@"

    /// Without the line's end.
    package static func line(_ job: SlurmJob) -> String {
        var words = ["id=\(job.id)"]
        func add(_ key: String, _ value: String?) {
            if let value, !value.isEmpty { words.append(key + "=" + PercentEncoding.encoded(value, keeping: kept)) }
        }
        add("array", job.arrayJob.map(String.init))
        switch job.arrayTask {
        case .number(let number): add("task", "\(number)")
        case .waiting(let tasks): add("tasks", tasks)
        case nil: break
        }
        add("state", job.state.word)
        add("detail", job.state.detail)
        add("reason", job.reason)
        add("name", job.name)
        add("user", job.user)
        add("comment", job.comment)
        add("partition", job.partition)
        add("nodes", job.nodes)
        add("submitted", job.submittedAt.map { "\($0.milliseconds)" })
        add("started", job.startsAt.map { "\($0.milliseconds)" })
        add("ended", job.endsAt.map { "\($0.milliseconds)" })
        add("limit", job.timeLimit.map(String.init))
        add("exit", job.exit.map { "\($0.status):\($0.signal)" })
        add("out", job.standardOutput)
        add("err", job.standardError)
        add("directory", job.workDirectory)
        add("account", job.account)
        add("resources", job.resources)
        for (key, number) in [("restarts", job.restarts), ("nodecount", job.nodeCount), ("cores", job.coreCount)] {
            if number > 0 { add(key, "\(number)") }
        }
        return words.joined(separator: " ")
    }

    /// Nil for a line that is none, or is not whole.
    package static func job(_ line: some StringProtocol) -> SlurmJob? {
        var values: [Substring: String] = [:]
        for word in Substring(line).split(separator: " ") {
            guard let sign = word.firstIndex(of: "=") else { return nil }
            values[word[..<sign]] = PercentEncoding.decoded(word[word.index(after: sign)...])
        }
        guard let id = values["id"].flatMap({ Int($0) }), id > 0, let word = values["state"], !word.isEmpty else {
            return nil
        }
        func text(_ key: Substring) -> String { values[key] ?? "" }
        func number(_ key: Substring) -> Int? { values[key].flatMap { Int($0) } }
        func moment(_ key: Substring) -> Timestamp? {
            values[key].flatMap { Int64($0) }.map { Timestamp(milliseconds: $0) }
        }
        var job = SlurmJob(id: id, state: SlurmState(text("detail").isEmpty ? word : word + " " + text("detail")))
        job.arrayJob = number("array")
        if let task = number("task") {
            job.arrayTask = .number(task)
        } else if let tasks = values["tasks"] {
            job.arrayTask = .waiting(tasks)
        } else {
            job.arrayJob = nil
        }
        (job.reason, job.name, job.user, job.comment) = (text("reason"), text("name"), text("user"), text("comment"))
        (job.partition, job.nodes) = (text("partition"), text("nodes"))
        (job.submittedAt, job.startsAt, job.endsAt) = (moment("submitted"), moment("started"), moment("ended"))
        job.timeLimit = number("limit")
        job.exit = SlurmExit(text("exit"))
        (job.standardOutput, job.standardError) = (text("out"), text("err"))
        (job.workDirectory, job.account, job.resources) = (text("directory"), text("account"), text("resources"))
        (job.restarts, job.nodeCount, job.coreCount) =
            (number("restarts") ?? 0, number("nodecount") ?? 0, number("cores") ?? 0)
        return job
    }
}
