package import RunModel
package import RunServices
import SlurmCommands

/// Slurm's jobs as runs: partitions are experiments, an array is a parent with its tasks as children.
///
/// Nothing here waits for Slurm on behalf of a poll: what is known is told with its age, and renewed meanwhile.
package final class SlurmService: SupervisedRunService, JobSteering {
    /// Slurm, and whose jobs of it.
    package let description: ServiceDescription
    /// Jobs are cancelled and steered; Slurm keeps nothing that others write to them.
    package let capabilities: Capabilities
    /// As it is opened again: `slurm:` with its options.
    package let address: String
    let tool: SlurmTool
    let book: JobBook
    let clock: @Sendable () -> Timestamp

    /// Nothing is asked yet.
    /// - Parameters:
    ///   - environment: of this process, for Slurm's commands and for where things are kept.
    ///   - host: the name that a shared home knows this host by.
    package init(
        _ address: SlurmAddress, isReadOnly: Bool = false, environment: [String: String], host: String,
        clock: @escaping @Sendable () -> Timestamp
    ) {
        self.address = address.text
        self.clock = clock
        tool = SlurmTool(environment: environment)
        let snapshots = SharedSnapshot(
            tool, of: address.owner, in: SharedSnapshot.directory(environment: environment, host: host),
            interval: address.interval ?? SharedSnapshot.interval(environment: environment), clock: clock)
        book = JobBook(
            tool, of: address.owner, snapshots, memoryRoot: JobMemory.root(environment: environment), clock: clock)
        description = ServiceDescription(kind: "slurm", location: address.shown)
        let usual = Capabilities(
            editTags: .unavailable(because: "Slurm keeps no tags, names or notes for others to change."),
            keyOnlyTags: .unavailable(because: "Slurm keeps no tags."),
            deleteRuns: .unavailable(because: "Slurm forgets its jobs by itself."),
            markEnded: .unavailable(because: "How a job ended Slurm alone says; cancel it instead."),
            steerJobs: .available, ender: "Slurm")
        capabilities = isReadOnly ? usual.readOnly(because: Capabilities.openedReadOnly) : usual
    }
}

extension SlurmService {
    /// What is known now, with its age; Slurm is asked meanwhile, where that is due.
    package func changes(
        in scope: RunScope, since cursor: ChangeCursor?, pageSize: Int
    ) async throws(RunServiceError) -> ChangeBatch {
        let freshness = try await book.refresh(for: .poll)
        var batch = try await book.batch(in: scope, since: cursor, size: pageSize)
        batch.freshness = freshness
        return batch
    }

    /// Throws why Slurm does not answer, where what is known is older than the interval: a listing does not tell its age.
    private func know() async throws(RunServiceError) {
        if let trouble = try await book.refresh(for: .listing).trouble { throw trouble }
    }

    /// Slurm's partitions. Throws why Slurm does not answer.
    package func experiments() async throws(RunServiceError) -> [Experiment] {
        try await know()
        return await book.experiments
    }

    /// Jobs, from what Slurm told within the interval. Throws why Slurm does not answer.
    package func runs(_ query: RunQuery) async throws(RunServiceError) -> Page<Run> {
        try await know()
        return try await book.page(query)
    }

    /// Asks Slurm about jobs that are not over, for this comes before they are changed.
    package func inspect(
        _ ids: [RunID], activeDescendants: Bool
    ) async throws(RunServiceError) -> [InspectedRun] {
        _ = try await book.refresh(for: .prompt)
        let active = await book.inspected(ids, activeDescendants: false).filter { !$0.run.status.isTerminal }
        try await ask(about: active.map(\.run.id))
        return await book.inspected(ids, activeDescendants: activeDescendants)
    }

    /// Takes in what Slurm says of these jobs now; those that it has forgotten stay as they are known.
    func ask(about ids: [RunID]) async throws(RunServiceError) {
        if ids.isEmpty { return }
        do throws(RunServiceError) {
            let keys = ids.map(\.text)
            await book.take(try await tool.jobs(keys), about: keys)
        } catch  where error.code == .notFound {
            return
        }
    }

    /// A job with its logs and what Slurm says of it. Throws `notFound`.
    package func details(of id: RunID) async throws(RunServiceError) -> RunDetails {
        _ = try await book.refresh(for: .prompt)
        let run = try await book.run(id)
        var details = RunDetails(run: run)
        let job = await book.job(id)
        let waiting = await book.waiting(of: id)
        guard let told = job ?? waiting.first else { return details }
        let wasCancelled = await book.wasCancelled(told)
        details.remarks = told.remarks(at: clock(), wasCancelled: wasCancelled)
        details.source = RunSource(command: [], directory: told.workDirectory, host: told.nodes)
        guard let job else { return details }
        let (logs, missing) = await logs(of: job)
        details.logs = logs
        if let missing { details.remarks?.append(missing) }
        return details
    }

    /// None: Slurm knows no metrics.
    package func metricSeries(
        for keys: [MetricSeriesKey], maxPoints: Int
    ) async throws(RunServiceError) -> [MetricSeries] { [] }

    /// Throws `unsupported`.
    package func artifacts(
        in folder: String?, of id: RunID, after next: PageToken?
    ) async throws(RunServiceError) -> Page<Artifact> {
        throw RunServiceError(.unsupported, "Slurm keeps no files of its jobs; their output is among the logs.")
    }
}
