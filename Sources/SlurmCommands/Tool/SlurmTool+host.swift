import Glibc
import RunModel
package import RunServices

/// What a cluster says of itself.
package struct SlurmSetup: Equatable, Sendable {
    /// `ClusterName`.
    package var cluster: String
    /// `slurm-wlm 22.05.8`, without the name.
    package var version: String
    /// Seconds for which a job that is over stays known.
    package var memory: Int?
    /// Seconds from SIGTERM to SIGKILL.
    package var killWait: Int?
    /// Whether finished jobs are kept for `sacct`.
    package var hasAccounting: Bool
    /// Whether a job's processes are known by their process group alone, so that a command in a group of its own gets none of
    /// Slurm's signals.
    package var tracksByGroup: Bool
}

extension SlurmTool {
    /// The controller's configuration.
    package func setup() async throws(RunServiceError) -> SlurmSetup {
        let output = try await run(
            "scontrol", ["show", "config"], to: "tell its configuration", deadline: limits.question)
        var values: [String: String] = [:]
        for line in output.split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let key = String(parts[0].prefix { $0 != " " })
            values[key] = String(parts[1].drop { $0 == " " })
        }
        func seconds(_ key: String) -> Int? { values[key].flatMap { Int($0.prefix { $0.isNumber }) } }
        guard let cluster = values["ClusterName"] else {
            throw RunServiceError(.unexpectedResponse, "`scontrol show config` names no cluster; try it by hand.")
        }
        let storage = values["AccountingStorageType"] ?? ""
        return SlurmSetup(
            cluster: cluster, version: values["SLURM_VERSION"] ?? "", memory: seconds("MinJobAge"),
            killWait: seconds("KillWait"), hasAccounting: !storage.isEmpty && !storage.contains("none"),
            tracksByGroup: values["ProctrackType"] == "proctrack/pgid")
    }

    /// Where the output and the errors of a job go, as `scontrol` says it: of an array's task it knows better than a listing.
    /// Throws `notFound`.
    package func outputPaths(_ key: String) async throws(RunServiceError) -> (output: String, errors: String) {
        try Self.check([key])
        let text = try await run(
            "scontrol", ["show", "job", "-o", key], to: "tell of job \(key)", deadline: limits.question)
        return (SlurmRecord.last("StdOut", in: text), SlurmRecord.last("StdErr", in: text))
    }

    /// The name that `squeue -u` knows this user by.
    package static let userName: String = {
        guard let entry = getpwuid(geteuid()), let name = entry.pointee.pw_name else { return "\(geteuid())" }
        return String(cString: name)
    }()
}

/// What `scontrol show job -o` prints: `Key=value` with blanks in between, and in values too.
package enum SlurmRecord {
    /// The value of a key where it stands last, up to the next key or the line's end; empty when it is not there.
    ///
    /// Names and comments may hold whole records. They stand before the paths, so that the last one is Slurm's.
    package static func last(_ key: String, in text: String) -> String {
        let line = text.utf8.split(separator: UInt8(ascii: "\n")).last.map { Substring($0) } ?? ""
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        guard let start = words.lastIndex(where: { $0.hasPrefix(key + "=") }) else { return "" }
        var value = [words[start].dropFirst(key.count + 1)]
        for word in words[(start + 1)...] {
            if keysAfterPaths.contains(where: { word.hasPrefix($0 + "=") }) { break }
            value.append(word)
        }
        while let last = value.last, last.isEmpty { value.removeLast() }
        let joined = value.joined(separator: " ")
        return joined == "(null)" ? "" : joined
    }

    private static let keysAfterPaths = [
        "StdErr", "StdIn", "StdOut", "Power", "MailUser", "MailType", "TresPerTask", "TresPerNode", "TresPerJob",
        "NtasksPerTRES",
        "CpusPerTres", "MemPerTres", "TresBind", "TresFreq", "SubmitLine", "BatchFeatures", "Comment",
    ]
}

/// A moment as Slurm takes it: `YYYY-MM-DDTHH:MM:SS` in this host's zone.
enum SlurmDate {
    static func text(_ moment: Timestamp) -> String {
        var seconds = time_t(moment.milliseconds / 1_000)
        var parts = tm()
        localtime_r(&seconds, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
            + "T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
    }
}
