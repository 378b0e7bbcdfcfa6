import ArgumentParser
import Glibc
import ProcessTable
import RunExecution
import RunModel
import RunServices
import SlurmCommands
import SlurmExecution

/// What a job's script hands over to: the supervisor, on the node, of a run that was made when the job was submitted.
struct ExecJobCommand: AsyncParsableCommand {
    static let name = "exec-job"
    static let configuration = CommandConfiguration(commandName: name, shouldDisplay: false)

    /// The run, or the parent whose children are the tasks of the job's array.
    @Option(name: .long) var run: String
    @Flag(name: .long) var ofArray = false
    @Option(name: .long) var grace: Double = Double(ExecutionRequest.defaultGrace) / 1_000
    @Option(name: .long) var stopSignal: StopSignal = StopSignal()
    @Flag(name: .long) var leaveBackground = false
    @Flag(inversion: .prefixedNo) var systemMetrics = true

    @OptionGroup var service: ServiceOptions

    @Argument(parsing: .captureForPassthrough) var command: [String] = []

    private var words: [String] { command.first == "--" ? Array(command.dropFirst()) : command }

    func run() async throws {
        guard let node = await SlurmNode(environment: Environment.all) else {
            throw ConsoleError("This is started by Slurm; `runwatch exec --on slurm` submits a command.", .usage)
        }
        try requireStore()
        let session = CommandSession(service: service)
        var parent: (id: RunID, runs: any SupervisedRunService)?
        let outcome = try await session.run { runs in
            let found = try await find(on: runs)
            if ofArray {
                parent = (RunID(run), runs)
                _ = try? await runs.apply(.start, to: RunID(run), onBehalfOf: .lifecycle)
            }
            await tell(found, of: node, on: runs)
            return request(for: found, at: node)
        }
        if let parent { try? await ArrayParent.conclude(parent.id, on: parent.runs) }
        try session.end(as: outcome)
    }

    /// A store that the node does not have must not be made there, empty, nor one opened that another machine has open.
    private func requireStore() throws {
        let place = try service.location().place
        guard case .embedded(let directory) = place else { return }
        let refusal = StoreReach(place: place).refusal(
            onNode: ProcessTable.hostName, submittedOn: Environment.value("SLURM_SUBMIT_HOST"))
        if let refusal { throw refusal }
        if access(directory + "/runs.db", F_OK) == 0 { return }
        throw RunServiceError(
            .notFound, "There is no run store \(Shown.path(directory)) on this node; `runwatch serve` gives nodes one.")
    }

    private func find(on runs: any SupervisedRunService) async throws -> Run {
        let id = RunID(run)
        if !ofArray {
            guard let found = try await runs.runs(RunQuery(.runs([id]))).items.first else {
                throw RunServiceError(.notFound, "The run \(Shown.text(run)) is not there any more.")
            }
            return found
        }
        let task = Environment.value("SLURM_ARRAY_TASK_ID") ?? ""
        let ofTask = FilterExpression.comparison(FilterComparison(.tag(Run.slurmTaskTag), .equal, [.text(task)]))
        let query = RunQuery(.children(of: id, recursive: false), matching: try Filter(ofTask), limit: 1)
        guard let found = try await runs.runs(query).items.first else {
            throw RunServiceError(
                .notFound, "The run \(Shown.text(run)) has no child for task \(Shown.text(task)) of the array.")
        }
        return found
    }

    /// Which job and node it is. What cannot be told now keeps nothing from running.
    private func tell(_ found: Run, of node: SlurmNode, on runs: any SupervisedRunService) async {
        if found.status.isTerminal { return }
        var edits = node.tags.entries.map { TagEdit.set(key: $0.key, value: $0.value) }
        if found.slurmState != nil { edits.append(.delete(key: Run.slurmStateTag)) }
        _ = try? await runs.editTags(edits, of: found.id)
        if node.attempt > 1 {
            let line = "runwatch: job \(node.key) was requeued; this is attempt \(node.attempt)\n"
            try? await runs.appendLog(Array(line.utf8), named: LogFile.output, of: found.id)
        }
    }

    private func request(for found: Run, at node: SlurmNode) -> ExecutionRequest {
        var request = ExecutionRequest(
            command: CommandText.exact(words), draft: RunDraft(experimentName: found.experimentName),
            environment: ["RUNWATCH_EXPERIMENT": found.experimentName], grace: Int64(grace * 1_000))
        request.existingRun = found.id
        request.place = node
        request.stop.signal = stopSignal.name
        request.leavesBackground = leaveBackground
        request.terminal = .never
        request.inheritance = .atStart
        request.adoptsOrphans = true
        request.usage = systemMetrics ? UsageSampling() : nil
        request.keepOutput = { run, sources in for source in sources { close(source.descriptor) } }
        // Nobody waits for it, so it outlasts the restart of a server.
        request.recordingPatience = 600_000
        return request
    }
}
