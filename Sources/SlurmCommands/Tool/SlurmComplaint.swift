import RunServices

/// What one of Slurm's commands said when it failed, as an error of ours.
struct SlurmComplaint {
    private let program: String
    /// Its own words in one line.
    private let words: String
    private let lowered: String

    init(_ errors: String, of program: String) {
        self.program = program
        // The sentence stands last; lines before it say what led there.
        let lines = errors.split(whereSeparator: \.isNewline).map(String.init)
            .filter { !$0.isEmpty && !$0.hasPrefix("Try ") }
        words = lines.suffix(3).map { Shown.text(Self.bare($0)) }.joined(separator: "; ")
        lowered = errors.lowercased()
    }

    /// Without `sbatch: error:`.
    private static func bare(_ line: String) -> String {
        var rest = line[...]
        for word in ["squeue:", "scontrol:", "sacct:", "scancel:", "sbatch:", "sinfo:", "error:", "fatal:"] {
            if rest.hasPrefix(word) { rest = rest.dropFirst(word.count).drop { $0 == " " } }
        }
        return String(rest)
    }

    func error(_ doing: String) -> RunServiceError {
        func has(_ texts: String...) -> Bool { texts.contains { lowered.contains($0) } }
        let said = words.isEmpty ? nil : words
        if has("invalid job id", "job id specified is invalid", "no matching job") {
            return RunServiceError(.notFound, "Slurm does not know this job, or has forgotten it.", underlying: said)
        }
        if has("permission denied", "access denied", "invalid user id", "not authorized", "not permitted") {
            return RunServiceError(.forbidden, "Slurm does not let you \(doing).", underlying: said)
        }
        if has("storage is disabled", "unrecognized option", "invalid option", "format specification", "invalid field")
        {
            return RunServiceError(.unsupported, "This Slurm's `\(program)` cannot \(doing).", underlying: said)
        }
        if has(
            "unable to contact", "connection refused", "timed out", "communications", "socket", "problem talking",
            "backup controller", "cannot stat file", "munge", "protocol authentication", "no route to host")
        {
            return RunServiceError(
                .unavailable, "Slurm's controller does not answer; `scontrol ping` tells of it.", underlying: said)
        }
        if has(
            "already completing", "no longer pending", "not pending", "requested operation is presently disabled",
            "is pending execution", "job has already finished", "job is not in held state")
        {
            return RunServiceError(.conflict, "The job's state does not allow to \(doing).", underlying: said)
        }
        return RunServiceError(.invalid, "Slurm refused to \(doing).", underlying: said)
    }
}
