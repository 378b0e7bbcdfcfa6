import ArgumentParser
import RunExecution
import RunModel
import RunServices

/// Waiting in a queue of this machine before a command is started.
struct QueueOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Wait as Queued until this queue of this machine has room; `runwatch queue` lists them.",
            valueName: "name"))
    var queue: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Give the queue so many slots, for good; a new one has 1, so that its runs follow one another.",
            valueName: "number"))
    var slots: Int?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "How many of the queue's slots the run takes; by default 1, or none with --gpus.", valueName: "number"))
    var take: Int?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "How many GPUs the run takes; CUDA_VISIBLE_DEVICES names those that it gets.", valueName: "number"))
    var gpus: Int?

    func validate() throws {
        guard let queue else {
            for (name, value) in [("--slots", slots), ("--take", take), ("--gpus", gpus)] where value != nil {
                throw ValidationError("\(name) goes with --queue.")
            }
            return
        }
        if !RunQueue.isName(queue) { throw ValidationError(HostQueues.oddName(queue).message) }
        try Self.check(slots, "--slots", 0...RunQueue.mostSlots)
        try Self.check(take, "--take", 1...RunQueue.mostSlots)
        try Self.check(gpus, "--gpus", 1...RunQueue.mostGPUs)
    }

    static func check(_ value: Int?, _ name: String, _ range: ClosedRange<Int>) throws {
        if let value, !range.contains(value) {
            throw ValidationError("\(name) takes \(range.lowerBound) to \(range.upperBound).")
        }
    }

    /// Nil without `--queue`. Throws before a run is made what would keep it waiting for ever.
    func request() async throws -> QueueRequest? {
        guard let queue else { return nil }
        var request = QueueRequest(
            name: queue, demand: QueueDemand(slots: take ?? (gpus == nil ? 1 : 0), gpus: gpus ?? 0))
        if gpus != nil {
            request.visibleGPUs = try await GPUInventory.available(
                visible: Environment.value("CUDA_VISIBLE_DEVICES"))
        }
        if let slots { try await HostQueues().change(.resize(queue: queue, slots: slots)) }
        try request.check(outerRun: Environment.value("RUNWATCH_RUN_ID").map { RunID($0) })
        return request
    }
}

extension ExecutionRequest {
    /// Has the command wait in a queue, if the options name one, and the run say so.
    mutating func join(_ options: QueueOptions) async throws {
        guard let queue = try await options.request() else { return }
        self.queue = queue
        draft.tags.set(queue.name, forKey: Run.queueTag)
    }
}
