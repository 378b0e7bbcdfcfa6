package import RunExecution
import RunModel
package import RunServices
package import SlurmCommands

/// Has commands executed as jobs of Slurm's: the run is made first and waits with its job.
package struct SlurmExecutor: Executor {
    /// What a job is asked for.
    package struct Order: Sendable {
        /// A person's options of sbatch's.
        package var options: SbatchOptions
        /// A run for each of these; nil for one run.
        package var tasks: TaskList?
        /// What the script starts on the node.
        package var program: String
        /// The subcommand there.
        package var subcommand: String
        /// Where the job begins.
        package var directory: @Sendable () -> String
        /// What the supervisor needs to find the run service; secrets may be among it. Nil takes a variable away.
        package var environment: [String: String?]

        /// An order of these parts.
        package init(
            options: SbatchOptions, tasks: TaskList? = nil, program: String, subcommand: String,
            directory: @escaping @Sendable () -> String, environment: [String: String?]
        ) {
            self.options = options
            self.tasks = tasks
            self.program = program
            self.subcommand = subcommand
            self.directory = directory
            self.environment = environment
        }
    }

    let service: any SupervisedRunService
    let tool: SlurmTool
    let order: Order
    /// The cluster's name.
    let cluster: String

    /// Questions to the run service at a time, for the tasks of an array.
    private static let width = 4

    /// - Parameter cluster: as it calls itself.
    package init(_ service: any SupervisedRunService, tool: SlurmTool, cluster: String, order: Order) {
        self.service = service
        self.tool = tool
        self.cluster = cluster
        self.order = order
    }

    /// Returns once Slurm has the job. A refusal by sbatch is thrown in its own words, and kept with the run.
    package func submit(
        _ request: (any SupervisedRunService) async throws -> ExecutionRequest
    ) async throws -> Submission {
        let request = try await request(service)
        let run = try await service.createRun(draft(request))
        let children: [Run]
        let submission: SlurmSubmission
        do throws(RunServiceError) {
            children = try await makeChildren(of: run, request)
            try await service.apply(.queue, to: run.id, onBehalfOf: .lifecycle)
            submission = try await JobScript.withFile(script(request, run)) { (path) throws(RunServiceError) in
                try await tool.submit(
                    script: path, options: options(run), in: order.directory(), adding: variables(request, run))
            }
        } catch {
            let refusal = Self.refusal(error)
            let failure = RunFailure(code: "Refused", message: refusal.message)
            // Those too that were made before the service failed.
            let made =
                order.tasks == nil ? [] : try? await service.children(of: run.id, recursive: false, matching: nil)
            for id in [run.id] + (made ?? []).map(\.id) {
                _ = try? await service.apply(.fail(failure), to: id, onBehalfOf: .lifecycle)
            }
            throw refusal
        }
        var notes = ["Slurm has run \(Shown.text(run.id.text)) as job \(submission.id)."]
        if let note = await tell(run, children, of: submission) { notes.append(note) }
        return Submission(run: run.id, notes: notes)
    }

    /// In Slurm's own words: they name the option that is wrong.
    private static func refusal(_ error: RunServiceError) -> RunServiceError {
        guard let words = error.underlying, !words.isEmpty else { return error }
        return RunServiceError(error.code, "\(error.message) sbatch: \(words)")
    }

    private func draft(_ request: ExecutionRequest) -> RunDraft {
        var draft = request.draft
        draft.tags.note(request.stop)
        draft.tags.set(cluster, forKey: Run.slurmClusterTag)
        draft.tags.set(SlurmTool.userName, forKey: Run.slurmUserTag)
        if let tasks = order.tasks { draft.tags.set(tasks.text, forKey: Run.slurmArrayTag) }
        return draft
    }

    /// A run for each task, in one batch.
    private func makeChildren(of run: Run, _ request: ExecutionRequest) async throws(RunServiceError) -> [Run] {
        guard let tasks = order.tasks else { return [] }
        let drafts = tasks.numbers.map { number in
            var child = draft(request)
            child.parentID = run.id
            child.name = (child.name ?? run.name) + " [\(number)]"
            child.tags.removeValue(forKey: Run.slurmArrayTag)
            child.tags.set("\(number)", forKey: Run.slurmTaskTag)
            return child
        }
        return try await service.createRuns(drafts)
    }

    private func script(_ request: ExecutionRequest, _ run: Run) -> [UInt8] {
        JobScript.bytes(
            NodeCommand(
                program: order.program, options: [order.subcommand] + nodeOptions(request), command: request.command),
            run: run.id)
    }

    /// What the supervisor on the node is to know of the request, as options of the subcommand.
    private func nodeOptions(_ request: ExecutionRequest) -> [String] {
        ["--grace=\(Double(request.stop.grace) / 1_000)", "--stop-signal=\(request.stop.signal)"]
            + (request.leavesBackground ? ["--leave-background"] : [])
            + (request.usage == nil ? ["--no-system-metrics"] : []) + (order.tasks == nil ? [] : ["--of-array"])
    }

    private func options(_ run: Run) -> [String] {
        var options = ["--job-name=\(Self.jobName(run.name))"] + order.options.words
        if let tasks = order.tasks { options.append("--array=\(tasks.text)") }
        if let export = order.options.export(adding: exported) { options.append("--export=\(export)") }
        // The last word of an option counts.
        return options + ["--comment=\(SlurmJobHandle.comment(run.id))"]
    }

    /// The names of what the supervisor needs; their values stay in sbatch's environment, where no `ps` shows them.
    private var exported: [String] { order.environment.filter { $0.value != nil }.keys.sorted() }

    private static func jobName(_ name: String) -> String {
        let plain = String(name.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.prefix(100))
        return plain.isEmpty ? "runwatch" : plain
    }

    private func variables(_ request: ExecutionRequest, _ run: Run) -> [String: String?] {
        var variables = request.environment.merging(order.environment) { $1 }
        variables["RUNWATCH_RUN_ID"] = run.id.text
        // Proves whose an outer command is, not this one's.
        variables.updateValue(nil, forKey: OwnershipRecord.variable)
        // For what Slurm prints to this program; a job has its own.
        for name in ["SLURM_TIME_FORMAT", "SLURM_BITSTR_LEN"] { variables.updateValue(nil, forKey: name) }
        return variables
    }

    /// Writes down which job it is. The supervisor does so as well, so a failure is no more than a sentence.
    private func tell(_ run: Run, _ children: [Run], of submission: SlurmSubmission) async -> String? {
        let job = try? await tool.jobs(["\(submission.id)"]).first
        var tags = [TagEdit.set(key: Run.slurmJobTag, value: "\(submission.id)")]
        if let job, !job.partition.isEmpty { tags.append(.set(key: Run.slurmPartitionTag, value: job.partition)) }
        if let job, job.state.isPending { tags.append(.set(key: Run.slurmStateTag, value: job.stateWords)) }
        let edits =
            [(run.id, RunEdit(onBehalfOf: .lifecycle, tags: tags))]
            + zip(children, order.tasks?.numbers ?? []).map { child, number in
                let own = [TagEdit.set(key: Run.slurmJobTag, value: "\(submission.id)_\(number)")] + tags.dropFirst()
                return (child.id, RunEdit(onBehalfOf: .lifecycle, transition: .queue, tags: own))
            }
        let outcomes = await ManyQuestions.outcomes(of: edits, width: Self.width) {
            [service] edit throws(RunServiceError) in try await service.edit(edit.0, edit.1)
        }
        for case .failure(let error) in outcomes {
            return "The job's number could not be kept with the run until it starts: \(error)"
        }
        return nil
    }
}
