package import RunServices

/// A job that sbatch took.
package struct SlurmSubmission: Equatable, Sendable {
    /// Of the job or the array.
    package var id: Int
}

extension SlurmTool {
    /// Gives Slurm a script. An error of Slurm's has sbatch's own words in `underlying`.
    ///
    /// After `timedOut` the job may have been taken or not.
    /// - Parameters:
    ///   - script: the path of a file.
    ///   - options: go before it, as sbatch takes them.
    ///   - directory: where the job begins unless the options say otherwise.
    ///   - added: variables that sbatch has besides those that are neutral; what of them a job gets `--export` says.
    package func submit(
        script: String, options: [String], in directory: String, adding added: [String: String?] = [:]
    ) async throws(RunServiceError) -> SlurmSubmission {
        let output = try await run(
            "sbatch", ["--parsable"] + options + [script], to: "take the job", deadline: limits.change, in: directory,
            adding: added)
        // Plug-ins of a site may print before it.
        let line = output.split(whereSeparator: \.isNewline).last ?? ""
        // Where Slurm has several clusters it adds the name of one.
        guard let id = Int(line.prefix { $0 != ";" }), id > 0 else {
            throw RunServiceError(
                .unexpectedResponse, "sbatch took the script but named no job; look for it with `squeue --me`.",
                underlying: Shown.text(String(line)))
        }
        return SlurmSubmission(id: id)
    }

    /// Cancels jobs by key. Those that are over or unknown are passed over, as Slurm does.
    package func cancel(_ keys: [String]) async throws(RunServiceError) {
        try Self.check(keys)
        if keys.isEmpty { return }
        _ = try await run("scancel", keys, to: "cancel the job", deadline: limits.change)
    }

    /// Cancels what of these jobs waits, and leaves what runs.
    package func cancelWaiting(_ keys: [String]) async throws(RunServiceError) {
        try Self.check(keys)
        if keys.isEmpty { return }
        _ = try await run(
            "scancel", ["--state=PENDING"] + keys, to: "cancel the job", deadline: limits.change)
    }

    /// Keeps waiting jobs from starting.
    package func hold(_ keys: [String]) async throws(RunServiceError) {
        try await control("hold", keys, "hold the job")
    }

    /// Lets jobs that are held start.
    package func release(_ keys: [String]) async throws(RunServiceError) {
        try await control("release", keys, "release the job")
    }

    /// Ends jobs and has them wait again from the beginning.
    package func requeue(_ keys: [String]) async throws(RunServiceError) {
        try await control("requeue", keys, "requeue the job")
    }

    private func control(_ word: String, _ keys: [String], _ doing: String) async throws(RunServiceError) {
        try Self.check(keys)
        if keys.isEmpty { return }
        _ = try await run(
            "scontrol", [word, keys.joined(separator: ",")], to: doing, deadline: limits.change)
    }
}
