import Glibc

/// What one process has used, as the kernel tells it.
struct ProcessUsage: Equatable, Sendable {
    /// Ticks of processor time, of its ended children too as far as it has asked how they ended.
    var ticks: Int64 = 0
    /// Bytes that only it holds in memory.
    var ownMemory: Int64 = 0
    /// Bytes in memory that others may hold as well: files, and memory that is shared on purpose.
    var sharedMemory: Int64 = 0
    /// Bytes that disks had to read and write for it.
    var read: Int64 = 0
    var written: Int64 = 0

    /// Takes the processor time from the text of `/proc/PID/stat`: fields 14 to 17 of proc_pid_stat(5).
    mutating func take(stat: some Collection<UInt8>) {
        guard let close = stat.indices.reversed().first(where: { stat[$0] == UInt8(ascii: ")") }) else { return }
        let fields = stat[stat.index(after: close)...].split(separator: UInt8(ascii: " "))
        // Field 3 is the first here.
        guard fields.count > 14 else { return }
        ticks = fields[11...14].reduce(0) { $0 &+ max(0, Self.number($1)) }
    }

    /// Takes the memory from `/proc/PID/statm`: the second field counts pages in memory, the third those with a file or
    /// shared memory behind them.
    mutating func take(statm: some Collection<UInt8>, pageSize: Int64) {
        let fields = statm.split(separator: UInt8(ascii: " "))
        guard fields.count > 2 else { return }
        let (resident, shared) = (Self.number(fields[1]), Self.number(fields[2]))
        sharedMemory = max(0, min(shared, resident)) &* pageSize
        ownMemory = max(0, resident - shared) &* pageSize
    }

    /// Takes what went to and came from disks from `/proc/PID/io` (proc_pid_io(5)).
    mutating func take(io: some Collection<UInt8>) {
        for line in io.split(separator: UInt8(ascii: "\n")) {
            let parts = line.split(separator: UInt8(ascii: " "))
            guard parts.count == 2 else { continue }
            if parts[0].elementsEqual("read_bytes:".utf8) { read = max(0, Self.number(parts[1])) }
            if parts[0].elementsEqual("write_bytes:".utf8) { written = max(0, Self.number(parts[1])) }
        }
    }

    /// What is no number counts as none.
    static func number(_ digits: some Collection<UInt8>) -> Int64 {
        var number: Int64 = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit), number < Int64.max / 100 else { break }
            number = number * 10 + Int64(digit - 0x30)
        }
        return number
    }
}
