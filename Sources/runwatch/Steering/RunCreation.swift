import RunModel
import RunServices

/// Runs that a script begins by hand: nothing supervises them, and they say Running at once.
enum RunCreation {
    /// All of the runs are made, or none; then each is started.
    static func start(
        _ drafts: [RunDraft], on runs: any SupervisedRunService
    ) async throws(RunServiceError) -> [Run] {
        let created = try await runs.createRuns(drafts)
        var started: [Run] = []
        for result in await ManyRuns.each(
            created,
            { run async throws(RunServiceError) in
                try await runs.apply(.start, to: run.id, onBehalfOf: .lifecycle)
            })
        {
            started.append(try result.get())
        }
        return started
    }

    /// Writes ids, a line each, which is what a script wants of new runs; or what it asks for.
    static func write(_ started: [Run], asOne: Bool, _ output: OutputOptions) throws {
        var writer = try ResultWriter(output)
        if output.output == nil && output.query == nil {
            // An id may be anything that a service takes, and this goes to a terminal.
            try writer.write(text: started.map { Shown.lines($0.id.text) + "\n" }.joined())
        } else {
            try writer.write(started, asOne: asOne)
        }
    }
}
