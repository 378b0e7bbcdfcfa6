/// Metrics that say what a run costs its machine, kept apart from the run's own by how their keys begin.
///
/// MLflow's page shows every key that begins so among its system metrics. Where MLflow has a name for the same thing that
/// name is used; what is the run's own share has a name of ours, which says `process`.
package enum SystemMetric {
    /// How the keys of all of them begin.
    package static let prefix = "system/"

    /// The share of one processor core that all processes of the run used since the sample before: 250 is two and a half.
    package static let cpu = "system/process_cpu_percentage"
    /// What all processes of the run hold in memory; what they share counts once.
    package static let memory = "system/process_memory_megabytes"
    /// The most that any sample found.
    package static let peakMemory = "system/process_memory_peak_megabytes"
    /// How many processes the run has.
    package static let processes = "system/process_count"
    /// What the run's processes have read from disks.
    package static let read = "system/process_read_megabytes"
    /// What the run's processes have written to disks.
    package static let written = "system/process_written_megabytes"
    /// How busy the GPUs are that the run uses, on average.
    package static let gpu = "system/process_gpu_utilization_percentage"
    /// What the run's processes hold of the memory of GPUs.
    package static let gpuMemory = "system/process_gpu_memory_megabytes"

    /// MLflow's, of the whole machine.
    package static let machineCPU = "system/cpu_utilization_percentage"
    /// MLflow's, of the whole machine.
    package static let machineMemory = "system/system_memory_usage_megabytes"
    /// MLflow's, of the whole machine.
    package static let machineMemoryShare = "system/system_memory_usage_percentage"

    /// MLflow's, of one GPU with all its users: `utilization_percentage`, `memory_usage_megabytes`.
    package static func gpu(_ index: Int, _ quantity: String) -> String { "system/gpu_\(index)_\(quantity)" }

    /// Whether a metric is one of them, by whichever program.
    package static func isOne(_ key: String) -> Bool { key.utf8.starts(with: prefix.utf8) }

    /// Whether a metric is of the run's processes alone.
    static func isOfProcesses(_ key: String) -> Bool { key.utf8.starts(with: "system/process_".utf8) }

    /// The GPU of which a key says how busy it is; nil for other keys.
    package static func busyGPU(_ key: String) -> Int? {
        guard isOne(key), key.hasSuffix("_utilization_percentage") else { return nil }
        let name = key.dropFirst(prefix.count)
        return name.hasPrefix("gpu_") ? Int(name.dropFirst("gpu_".count).prefix { $0 != "_" }) : nil
    }

    /// Whether the values are megabytes, which people write with a unit.
    package static func isMegabytes(_ key: String) -> Bool { isOne(key) && key.hasSuffix("_megabytes") }

    /// Their names in filters and orders, after `system.`.
    package static let names: [(name: String, key: String)] = [
        ("cpu", cpu), ("memory", memory), ("peak_memory", peakMemory), ("gpu", gpu), ("gpu_memory", gpuMemory),
        ("processes", processes), ("read", read), ("written", written),
    ]

    /// How a filter or an order names a metric: `system.cpu`; nil for one that has no such name.
    package static func name(of key: String) -> String? {
        isOne(key) ? names.first { $0.key == key }.map { "system." + $0.name } : nil
    }

    /// The metric that is called `system.` and this in any letter case.
    package static func key(named name: String) -> String? {
        let name = name.lowercased()
        return names.first { $0.name == name }?.key ?? (name == "mem" ? memory : nil)
    }
}

extension LatestMetrics {
    /// The run's own, without what its machine says of it.
    package var own: some Sequence<Entry> { entries.lazy.filter { !SystemMetric.isOne($0.key) } }

    /// The run's own, then what its processes use, then what else its machine says.
    package var ownFirst: [Entry] {
        let system = entries.filter { SystemMetric.isOne($0.key) }
        if system.isEmpty { return Array(entries) }
        return entries.filter { !SystemMetric.isOne($0.key) } + system.filter { SystemMetric.isOfProcesses($0.key) }
            + system.filter { !SystemMetric.isOfProcesses($0.key) }
    }

    /// Whether the run's own metrics are the same.
    package func hasSameOwn(as other: LatestMetrics) -> Bool {
        self == other || own.elementsEqual(other.own)
    }
}
