/// One GPU of this machine at one moment.
struct GPUReading: Equatable, Sendable {
    /// As the driver counts.
    var index: Int
    /// Percent of the time in which it worked; nil where the driver does not tell.
    var utilization: Double?
    /// Bytes of its memory in use by anybody, and in all.
    var memoryUsed: Int64?
    var memoryTotal: Int64?
    var watts: Double?
    /// Bytes of its memory that each process holds, by pid.
    var processes: [Int32: Int64]

    /// The bytes that these processes hold; nil when they do not use it at all.
    func share(of pids: Set<Int32>) -> Int64? {
        let own = processes.filter { pids.contains($0.key) }
        return own.isEmpty ? nil : own.values.reduce(0, &+)
    }
}
