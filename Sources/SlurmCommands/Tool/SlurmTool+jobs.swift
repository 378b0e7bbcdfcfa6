package import RunModel
package import RunServices
import Synchronization

/// The jobs that a question is about.
package enum SlurmOwner: Hashable, Sendable {
    /// Whoever this process belongs to.
    case me
    /// Another user, by name.
    case user(String)
    /// Everyone whose jobs Slurm shows.
    case all
}

extension SlurmTool {
    /// One question for all jobs, as printed: for those who keep it and have it read by `listing`.
    func printedJobs(of owner: SlurmOwner, _ listing: SlurmListing) async throws(RunServiceError) -> String {
        var arguments = ["-h", "-t", "all"]
        switch owner {
        case .me: arguments += ["-u", Self.userName]
        case .user(let name): arguments += ["-u", name]
        case .all: break
        }
        return try await run("squeue", arguments + listing.arguments, to: "list jobs", deadline: limits.question)
    }

    /// One question, in the dialect that this Slurm knows.
    func listed<Value: Sendable>(
        _ ask: @Sendable (SlurmListing) async throws(RunServiceError) -> Value
    ) async throws(RunServiceError) -> Value {
        if SlurmVersions.isShort(of: self) { return try await ask(SlurmListing(.short)) }
        do throws(RunServiceError) {
            return try await ask(SlurmListing(.long))
        } catch  where error.code == .unsupported {
            let value = try await ask(SlurmListing(.short))
            SlurmVersions.noteShort(of: self)
            return value
        }
    }

    /// The jobs, and all tasks of the arrays, that keys such as `7` or `7_3` name. Throws `notFound` where Slurm has forgotten
    /// all of them, or never knew them.
    package func jobs(_ keys: [String]) async throws(RunServiceError) -> [SlurmJob] {
        let jobs = try await inParts(keys) { (keys) throws(RunServiceError) in
            try await listed { (listing) throws(RunServiceError) -> [SlurmJob] in
                do throws(RunServiceError) {
                    let output = try await run(
                        "squeue", ["-h", "-t", "all", "-j", keys] + listing.arguments, to: "tell of these jobs",
                        deadline: limits.question)
                    return try listing.jobs(in: output)
                } catch  where error.code == .notFound {
                    return []
                }
            }
        }
        // An answer of nothing at all is the same as `invalid job id`, in versions that say no more.
        if jobs.isEmpty, let first = keys.first {
            let named = keys.count == 1 ? "job \(first)" : "any of \(keys.count) jobs"
            throw RunServiceError(.notFound, "Slurm does not know \(named), or has forgotten it.")
        }
        return jobs
    }

    /// What the accounting knows of jobs, by keys, submitted at `since` or later; nil where there is none.
    package func history(_ keys: [String], since: Timestamp) async throws(RunServiceError) -> [SlurmJob]? {
        try Self.check(keys)
        if SlurmVersions.lacksAccounting(of: self) { return nil }
        let listing = SlurmListing(.accounting)
        do throws(RunServiceError) {
            return try await inParts(keys) { (keys) throws(RunServiceError) in
                // Without a start it would tell of today alone.
                let output = try await run(
                    "sacct",
                    ["-n", "-X", "--duplicates", "--starttime=\(SlurmDate.text(since))", "-j", keys]
                        + listing.arguments, to: "tell of jobs that are over", deadline: limits.question)
                return try listing.jobs(in: output)
            }
        } catch  where error.code == .unsupported {
            SlurmVersions.noteLackOfAccounting(of: self)
            return nil
        }
    }

    /// Asks about many keys in several questions, since a command line has its limit. Each is checked before the first.
    private func inParts(
        _ keys: [String], _ ask: @Sendable (_ keys: String) async throws(RunServiceError) -> [SlurmJob]
    ) async throws(RunServiceError) -> [SlurmJob] {
        try Self.check(keys)
        var jobs: [SlurmJob] = []
        for start in stride(from: 0, to: keys.count, by: Self.keysAtATime) {
            let part = keys[start..<min(start + Self.keysAtATime, keys.count)]
            jobs += try await ask(part.joined(separator: ","))
        }
        return jobs
    }

    private static let keysAtATime = 200

    /// Keys go into arguments: digits, `_`, and what lists of tasks have.
    static func check(_ keys: [String]) throws(RunServiceError) {
        for key in keys {
            guard key.first?.isASCII == true, key.first?.isNumber == true, key.utf8.count <= 200,
                key.utf8.allSatisfy({ (0x30...0x39).contains($0) || "_[]-,%:".utf8.contains($0) })
            else { throw RunServiceError(.invalid, "\(Shown.text(key)) is no job of Slurm's; write 123 or 123_4.") }
        }
    }
}

/// What was found out of the Slurm that a configuration leads to, once for this process.
private enum SlurmVersions {
    private static let short = Mutex<Set<String>>([])
    private static let unaccounted = Mutex<Set<String>>([])

    private static func name(_ tool: SlurmTool) -> String { (tool.variables["PATH"] ?? "") + "\n" + tool.configuration }

    static func isShort(of tool: SlurmTool) -> Bool { short.withLock { $0.contains(name(tool)) } }
    static func noteShort(of tool: SlurmTool) { _ = short.withLock { $0.insert(name(tool)) } }
    static func lacksAccounting(of tool: SlurmTool) -> Bool { unaccounted.withLock { $0.contains(name(tool)) } }
    static func noteLackOfAccounting(of tool: SlurmTool) { _ = unaccounted.withLock { $0.insert(name(tool)) } }
}
