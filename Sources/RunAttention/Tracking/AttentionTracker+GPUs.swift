import RunModel

extension ActiveRun {
    /// Percent below which a GPU counts as idle: drivers tell whole ones.
    private static let idle = 1.0

    /// Takes in what the newest sample says of the run's GPUs: those of an older one are not held any more.
    mutating func noteGPUs(of run: Run) {
        guard run.status == .running, let sample = run.metrics.value(forKey: SystemMetric.gpu) else {
            if !idleGPUs.isEmpty { idleGPUs = [:] }
            return
        }
        var now: [Int: IdleGPU] = [:]
        for entry in run.metrics.entries
        where entry.value.timestamp == sample.timestamp {
            guard let gpu = SystemMetric.busyGPU(entry.key), let percent = entry.value.value.number,
                percent < Self.idle
            else { continue }
            now[gpu] = idleGPUs[gpu] ?? IdleGPU(since: sample.timestamp)
        }
        idleGPUs = now
    }
}

extension AttentionTracker {
    mutating func tellIdleGPUs(of run: Run, _ record: inout ActiveRun, _ notes: inout AttentionNotes) {
        guard !record.idleGPUs.isEmpty, let now = run.metrics.value(forKey: SystemMetric.gpu)?.timestamp else { return }
        for (number, gpu) in record.idleGPUs.sorted(by: { $0.key < $1.key }) where !gpu.isTold {
            let length = now.milliseconds(since: gpu.since)
            guard length >= limits.idleGPU else { continue }
            record.idleGPUs[number]?.isTold = true
            notes.add(
                .idleGPU, run, "\(number) \(gpu.since.milliseconds)",
                detail: "GPU \(number) for \(Self.rough(length))", best: record.best)
        }
    }
}
