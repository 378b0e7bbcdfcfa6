import Glibc
import Logging
import ProcessTable
import RunModel
import RunServices

/// Looks at what a command uses and records it, beside all else: nothing waits for it, and no failure of it matters.
actor UsageRecorder {
    /// Samples kept for a run service that does not take them: ten minutes.
    private static let most = 60
    /// Milliseconds for which the last sample may keep the end of a run from being recorded.
    private static let lastPatience: Int64 = 2_000

    private let service: any SupervisedRunService
    private let run: RunID
    private let settings: UsageSampling
    private let log = Logger(label: "runwatch.usage")
    private let gpus: GPUWatch?
    private var tree: TreeUsage
    private var machine = MachineUsage()
    private var last: (ticks: Int64, at: Int64)
    private var step: Int64 = 0
    private var waiting: [UsageSample] = []
    private var isSending = false
    private var isRefused = false
    private var attempts = 0
    private(set) var peakMemory: Int64 = 0
    private(set) var lastMemory: Int64?

    init(
        _ settings: UsageSampling, service: any SupervisedRunService, run: RunID, tree: CommandTree,
        records: OwnershipRecords, countsOwnChildren: Bool
    ) {
        self.settings = settings
        self.service = service
        self.run = run
        self.tree = TreeUsage(tree, records: records, countsOwnChildren: countsOwnChildren)
        gpus = GPUWatch(names: settings.gpuLibraries)
        last = (0, MonotonicClock.now())
        _ = machine.measure()
    }

    /// Looks and records until cancelled.
    func keepSampling() async {
        var next = MonotonicClock.now() + settings.firstAfter
        while !Task.isCancelled {
            let pause = max(0, next - MonotonicClock.now())
            guard (try? await Task.sleep(for: .milliseconds(pause))) != nil else { break }
            await sample()
            // What a stopped machine has missed is not made up for.
            next = max(next + settings.interval, MonotonicClock.now() + settings.interval / 2)
        }
        gpus?.close()
    }

    /// A last look once nothing of the command is left, so that no time of it goes uncounted; nothing for a run that was
    /// over before the first.
    func conclude() async {
        guard step > 0, !isRefused else { return }
        keep(tree.conclude(), gpus: [])
        let before = attempts
        let sending = Task { await send() }
        let deadline = MonotonicClock.now() + Self.lastPatience
        while attempts == before, MonotonicClock.now() < deadline {
            guard (try? await Task.sleep(for: .milliseconds(5))) != nil else { break }
        }
        sending.cancel()
    }

    private func sample() async {
        if isRefused { return }
        let readings = await gpus?.read() ?? []
        if Task.isCancelled { return }
        keep(tree.measure(), gpus: readings)
        // Not waited for: a slow service delays no look.
        Task { await send() }
    }

    private func keep(_ found: TreeUsage.Measurement, gpus readings: [GPUReading]) {
        let now = MonotonicClock.now()
        let seconds = Double(now - last.at) / 1_000
        let used = Double(found.ticks - last.ticks) / Double(ProcessTable.ticksPerSecond)
        // A share of next to no time says nothing.
        let cpu = seconds < 0.2 ? nil : 100 * used / seconds
        let isOver = found.members.isEmpty
        if !isOver {
            lastMemory = found.memory
            peakMemory = max(peakMemory, found.memory)
        }
        waiting.append(
            UsageSample(
                at: WallClock.now(), step: step, cpu: cpu, memory: isOver ? nil : found.memory,
                peakMemory: peakMemory, processes: found.members.count, read: found.read, written: found.written,
                machine: machine.measure(),
                gpus: readings.compactMap { reading in reading.share(of: found.members).map { (reading, $0) } }))
        if waiting.count > Self.most { waiting.removeFirst() }
        step += 1
        if cpu != nil { last = (found.ticks, now) }
    }

    private func send() async {
        guard !isSending else { return }
        isSending = true
        defer {
            isSending = false
            attempts += 1
        }
        while !waiting.isEmpty, !isRefused {
            let batch = waiting
            let entries = batch.flatMap { $0.entries(withMachine: settings.withMachine) }
            do throws(RunServiceError) {
                try await service.edit(run, RunEdit(onBehalfOf: .lifecycle, metrics: entries))
                waiting.removeAll { $0.step <= batch[batch.count - 1].step }
            } catch {
                log.debug("what run \(run) uses was not recorded: \(error)")
                // Those are for good; anything else may pass until the next sample.
                isRefused = [.notFound, .unsupported, .forbidden, .invalid].contains(error.code)
                return
            }
        }
    }
}
