import RunModel

extension SlurmListing {
    /// All fields. What Slurm writes for nothing is empty here; times come in seconds since 1970, as `SlurmTool` asks.
    static let all: [Field] = [
        Field(long: "JobID", short: "A", accounting: "JobIDRaw") { $1.id = Int($0) ?? 0 },
        Field(long: "ArrayJobID", short: "F", accounting: nil) { text, job in
            // Of a job that is no array's this is its own number, and only the next field tells.
            job.arrayJob = Int(text)
        },
        Field(long: "ArrayTaskID", short: "K", accounting: nil) { text, job in
            job.arrayTask = SlurmArrayTask(text)
            if job.arrayTask == nil { job.arrayJob = nil }
        },
        // sacct tells of arrays in the id alone: 7_3, 7_[0-5%2].
        Field(long: nil, short: nil, accounting: "JobID") { text, job in
            let parts = text.split(separator: "_", maxSplits: 1)
            guard parts.count == 2, let array = Int(parts[0]), let task = SlurmArrayTask(parts[1]) else { return }
            (job.arrayJob, job.arrayTask) = (array, task)
        },
        Field(long: "UserName", short: "u", accounting: "User") { $1.user = known($0) },
        Field(long: "Partition", short: "P", accounting: "Partition") { $1.partition = known($0) },
        Field(long: "State", short: "T", accounting: "State") { $1.state = SlurmState($0) },
        Field(long: "Reason", short: "r", accounting: nil) { $1.reason = known($0) },
        Field(long: "NodeList", short: "N", accounting: "NodeList") { $1.nodes = known($0) },
        Field(long: "SubmitTime", short: "V", accounting: "Submit") { $1.submittedAt = moment($0) },
        Field(long: "StartTime", short: "S", accounting: "Start") { $1.startsAt = moment($0) },
        Field(long: "EndTime", short: "e", accounting: "End") { $1.endsAt = moment($0) },
        Field(long: "TimeLimit", short: "l", accounting: "Timelimit") { $1.timeLimit = SlurmTime.seconds($0) },
        Field(long: "NumNodes", short: "D", accounting: "NNodes") { $1.nodeCount = count($0) },
        Field(long: "NumCPUs", short: "C", accounting: "NCPUS") { $1.coreCount = count($0) },
        Field(long: "tres-alloc", short: nil, accounting: "AllocTRES") { $1.resources = known($0) },
        Field(long: "Account", short: "a", accounting: "Account") { $1.account = known($0) },
        Field(long: "exit_code", short: nil, accounting: "ExitCode") { text, job in
            if job.state.isOver { job.exit = SlurmExit(text) }
        },
        Field(long: "RestartCnt", short: nil, accounting: nil) { $1.restarts = count($0) },
        Field(long: "PreemptTime", short: nil, accounting: nil) { $1.preemptedAt = moment($0) },
        Field(long: "Dependency", short: "E", accounting: nil) { $1.dependency = known($0) },
        Field(long: "WorkDir", short: "Z", accounting: "WorkDir") { $1.workDirectory = known($0) },
        Field(long: "STDOUT", short: nil, accounting: nil) { $1.standardOutput = known($0) },
        Field(long: "STDERR", short: nil, accounting: nil) { $1.standardError = known($0) },
        Field(long: "Name", short: "j", accounting: "JobName") { $1.name = String($0) },
        Field(long: "Comment", short: "k", accounting: "Comment") { $1.comment = known($0) },
    ]

    private static func known(_ text: Substring) -> String {
        ["(null)", "N/A", "n/a", "None", "Unknown", "NONE", "None assigned"].contains(text) ? "" : String(text)
    }

    private static func moment(_ text: Substring) -> Timestamp? {
        guard let seconds = Int64(text), seconds > 0 else { return nil }
        return Timestamp(seconds: seconds, nanoseconds: 0)
    }

    private static func count(_ text: Substring) -> Int { min(max(0, Int(text) ?? 0), 1_000_000_000) }
}

/// Slurm's way to write how long something takes: `MM:SS`, `HH:MM:SS`, `D-HH:MM:SS`.
package enum SlurmTime {
    /// Nil for `UNLIMITED`, `NOT_SET`, `Partition_Limit` and what else is no time.
    package static func seconds(_ text: some StringProtocol) -> Int? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let clock = parts.last else { return nil }
        let numbers = clock.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
        guard (1...3).contains(numbers.count), numbers.allSatisfy({ (0..<10_000_000).contains($0) }) else { return nil }
        var total = 0
        if parts.count == 2 {
            guard let days = Int(parts[0]), (0..<10_000_000).contains(days) else { return nil }
            // With days it is D-HH, D-HH:MM or D-HH:MM:SS.
            let whole = numbers + Array(repeating: 0, count: 3 - numbers.count)
            return days * 86_400 + whole[0] * 3_600 + whole[1] * 60 + whole[2]
        }
        // Alone it is minutes.
        if numbers.count == 1 { return numbers[0] * 60 }
        for number in numbers { total = total * 60 + number }
        return total
    }
}

extension SlurmTime {
    /// `0:30:00`, `2-00:00:00`.
    package static func text(_ seconds: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let (days, hours) = (seconds / 86_400, seconds % 86_400 / 3_600)
        let clock = "\(two(seconds % 3_600 / 60)):\(two(seconds % 60))"
        return days > 0 ? "\(days)-\(two(hours)):\(clock)" : "\(hours):\(clock)"
    }
}
