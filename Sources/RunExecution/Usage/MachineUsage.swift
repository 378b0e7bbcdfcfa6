import Glibc

/// What the whole machine uses, as MLflow's client measures it.
struct MachineUsage {
    /// What was found at one moment.
    struct Measurement: Equatable, Sendable {
        /// Percent of all cores since the look before; nil at the first.
        var cpu: Double?
        /// Bytes that cannot be had for the asking, and bytes in all; nil where the kernel does not say.
        var memory: (used: Int64, total: Int64)?

        static func == (left: Measurement, right: Measurement) -> Bool {
            left.cpu == right.cpu && left.memory?.used == right.memory?.used
                && left.memory?.total == right.memory?.total
        }
    }

    private var file = KernelFile()
    private var last: (busy: Int64, all: Int64)?

    /// What is used now.
    mutating func measure() -> Measurement {
        var found = Measurement()
        if let text = file.read("/proc/stat"), let times = Self.times(in: text) {
            if let last, times.all > last.all {
                found.cpu = 100 * Double(max(0, times.busy - last.busy)) / Double(times.all - last.all)
            }
            last = times
        }
        if let text = file.read("/proc/meminfo"), let total = KernelFile.value(of: "MemTotal:", in: text),
            let available = KernelFile.value(of: "MemAvailable:", in: text)
        {
            found.memory = (max(0, total - available) * 1_024, total * 1_024)
        }
        return found
    }

    /// The first line of proc_stat(5): user, nice, system, idle, iowait, irq, softirq, steal. Guests are within user.
    private static func times(in text: ArraySlice<UInt8>) -> (busy: Int64, all: Int64)? {
        let line = text.prefix { $0 != UInt8(ascii: "\n") }
        let fields = line.split(separator: UInt8(ascii: " "))
        guard fields.count > 8, fields[0].elementsEqual("cpu".utf8) else { return nil }
        let times = fields[1...8].map(ProcessUsage.number)
        let all = times.reduce(0, &+)
        return (all - times[3] - times[4], all)
    }
}
