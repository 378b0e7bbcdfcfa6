package import RunServices

/// Options of sbatch's that a person gives along.
package struct SbatchOptions: Equatable, Sendable {
    /// As they go to sbatch, without `--export`.
    package private(set) var words: [String] = []
    /// The value of `--export`; nil for sbatch's default, the whole environment.
    package private(set) var export: String?

    /// Those that would keep the run from being found, or sbatch from taking the job, and what to do instead.
    private static let refused: [(names: [String], advice: String)] = [
        (["-a", "--array"], "`--array` is an option of this command, so that each task becomes a run"),
        (["--comment"], "the job's comment is the run's id; `--description` keeps a text with the run"),
        (["--wrap"], "the command follows after `--`"),
        (["-W", "--wait"], "`runwatch watch -r RUN` waits for a run"),
        (["--test-only"], "it submits nothing, and the run would wait for ever"),
        (["-h", "--help", "--usage", "-V", "--version"], "ask sbatch itself"),
        (["-M", "--clusters", "--cluster"], "jobs of other clusters cannot be watched from here"),
        (["--export-file"], "`--export` names variables"),
    ]

    /// Short options and long ones that take no value as a word of its own.
    private static let flags: Set<String> = [
        "-H", "-k", "-O", "-Q", "-s", "-v", "-vv", "-vvv", "--contiguous", "--exclusive", "--get-user-env", "--hold",
        "--ignore-pbs", "--no-kill", "--no-requeue", "--nice", "--overcommit", "--oversubscribe", "--parsable",
        "--propagate", "--quiet", "--reboot", "--requeue", "--spread-job", "--use-min-nodes", "--verbose",
        "--resv-ports", "--segment",
    ]

    /// Throws `invalid` with the reason for the first option that cannot be given along.
    package init(_ given: [String]) throws(RunServiceError) {
        var expectsValue = false
        var rest = given[...]
        while let word = rest.popFirst() {
            guard word.hasPrefix("-"), word != "-" else {
                if !expectsValue { throw Self.noOption(word) }
                expectsValue = false
                words.append(word)
                continue
            }
            if word == "--" { throw Self.noOption(word) }
            let (name, value) = Self.parts(word)
            if let refusal = Self.refused.first(where: { $0.names.contains(name) }) {
                throw RunServiceError(.invalid, "sbatch's \(name) cannot be given along: \(refusal.advice).")
            }
            if name == "--export" {
                guard let list = value ?? rest.popFirst() else { throw Self.noOption(word) }
                export = list
                expectsValue = false
                continue
            }
            words.append(word)
            expectsValue = value == nil && !Self.flags.contains(name)
        }
    }

    /// The value of an option, the last if it is given twice.
    package func value(_ names: String...) -> String? {
        var found: String?
        for (index, word) in words.enumerated() where word.hasPrefix("-") {
            let (name, value) = Self.parts(word)
            guard names.contains(name) else { continue }
            found = value ?? (index + 1 < words.count ? words[index + 1] : nil)
        }
        return found
    }

    /// What `--export` is to be so that a job has these variables besides what the person wants; nil for sbatch's default.
    package func export(adding names: [String]) -> String? {
        guard let export else { return nil }
        let kept = ["NONE", "NIL"].contains(export.uppercased()) ? [] : [export]
        return (kept + names).joined(separator: ",")
    }

    /// `--name=value`, `-pvalue`; without a value where that is the next word or there is none.
    private static func parts(_ word: String) -> (name: String, value: String?) {
        if word.hasPrefix("--") {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), parts.count > 1 ? String(parts[1]) : nil)
        }
        if word.utf8.count > 2, !flags.contains(word) { return (String(word.prefix(2)), String(word.dropFirst(2))) }
        return (word, nil)
    }

    private static func noOption(_ word: String) -> RunServiceError {
        RunServiceError(
            .invalid,
            "`\(Shown.text(word))` is no option of sbatch's, with which --sbatch is to begin; the command follows after `--`."
        )
    }
}
