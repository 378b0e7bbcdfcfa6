import DashboardCore
import RunModel
import RunServices

/// Starts `runwatch rerun --detach` for the dashboard, so that the run outlasts it.
enum RerunStarter {
    static func start(
        _ run: RunID, changing changes: [String], on service: any RunService
    ) async throws(RunServiceError) -> RerunAnswer {
        guard let supervised = service as? any SupervisedRunService else {
            throw RunServiceError(.unsupported, "This run service takes no commands; use `runwatch exec` on another.")
        }
        var arguments = ["rerun", "--detach", "--service", supervised.address]
        for change in changes { arguments += ["--param", change] }
        let child = try OwnBinary.start(arguments + ["--", run.text], output: .pipe, joinsErrors: true)
        let text = String(decoding: await child.words(), as: UTF8.self)
        let status = await child.wait()
        let lines = text.split(whereSeparator: \.isNewline).map { Shown.lines(String($0)) }
        guard status == 0, let id = lines.last else {
            let words = lines.joined(separator: " ")
            throw RunServiceError(
                .unavailable, words.isEmpty ? "The command could not be started (status \(status))." : words)
        }
        let prefix = "runwatch: "
        return RerunAnswer(
            run: RunID(id),
            notes: lines.dropLast().map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 })
    }
}
