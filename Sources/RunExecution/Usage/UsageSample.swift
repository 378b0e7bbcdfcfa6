import RunModel
import RunServices

/// What a run uses at one moment, as it is recorded.
struct UsageSample: Sendable {
    var at: Timestamp
    /// Counts up from 0 with each sample of a run.
    var step: Int64
    /// Percent of one core since the sample before; nil where there was none.
    var cpu: Double?
    /// Bytes; nil once nothing runs any more.
    var memory: Int64?
    var peakMemory: Int64
    var processes: Int
    var read: Int64
    var written: Int64
    var machine: MachineUsage.Measurement
    /// Those that the run uses, with the bytes that it holds of each.
    var gpus: [(reading: GPUReading, share: Int64)] = []

    /// The points of it.
    /// - Parameter withMachine: also those that MLflow's own client logs of the whole machine.
    func entries(withMachine: Bool) -> [MetricEntry] {
        var entries: [MetricEntry] = []
        func add(_ key: String, _ value: Double?) {
            guard let value else { return }
            // Tenths, as MLflow's client rounds.
            let rounded = (value * 10).rounded() / 10
            entries.append(MetricEntry(key: key, value: .number(rounded), step: step, timestamp: at))
        }
        add(SystemMetric.cpu, cpu)
        if let memory {
            add(SystemMetric.memory, Self.megabytes(memory))
            add(SystemMetric.processes, Double(processes))
        }
        add(SystemMetric.peakMemory, Self.megabytes(peakMemory))
        add(SystemMetric.read, Self.megabytes(read))
        add(SystemMetric.written, Self.megabytes(written))
        let utilizations = gpus.compactMap(\.reading.utilization)
        if !utilizations.isEmpty {
            add(SystemMetric.gpu, utilizations.reduce(0, +) / Double(utilizations.count))
        }
        if !gpus.isEmpty { add(SystemMetric.gpuMemory, Self.megabytes(gpus.reduce(0) { $0 &+ $1.share })) }
        guard withMachine else { return entries }
        add(SystemMetric.machineCPU, machine.cpu)
        if let memory = machine.memory, memory.total > 0 {
            add(SystemMetric.machineMemory, Self.megabytes(memory.used))
            add(SystemMetric.machineMemoryShare, 100 * Double(memory.used) / Double(memory.total))
        }
        for (gpu, _) in gpus {
            add(SystemMetric.gpu(gpu.index, "utilization_percentage"), gpu.utilization)
            add(SystemMetric.gpu(gpu.index, "power_usage_watts"), gpu.watts)
            guard let used = gpu.memoryUsed, let total = gpu.memoryTotal, total > 0 else { continue }
            add(SystemMetric.gpu(gpu.index, "memory_usage_megabytes"), Self.megabytes(used))
            add(SystemMetric.gpu(gpu.index, "memory_usage_percentage"), 100 * Double(used) / Double(total))
        }
        return entries
    }

    /// Millions of bytes, as MLflow's client counts.
    private static func megabytes(_ bytes: Int64) -> Double { Double(bytes) / 1e6 }
}
