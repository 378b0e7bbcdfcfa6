import Glibc
import RunServices

/// How many processes the kernel has killed for lack of memory until now, and what memory there is.
struct MemoryKills: Equatable, Sendable {
    /// In this process's control group and those below it; nil where the kernel does not count so.
    var inGroup: Int64?
    /// On the whole machine, whoever's.
    var onMachine: Int64?
    /// Bytes that the group may use, or that the machine has; nil where that is not known.
    var limit: Int64?

    /// As the kernel tells it now.
    init(at places: KernelPlaces) {
        var file = KernelFile()
        onMachine = file.read(places.processes + "/vmstat").flatMap { KernelFile.value(of: "oom_kill", in: $0) }
        let total = file.read(places.processes + "/meminfo")
            .flatMap { KernelFile.value(of: "MemTotal:", in: $0) }.map { $0 * 1_024 }
        let paths = file.read(places.processes + "/self/cgroup").map(Self.paths) ?? (old: nil, unified: nil)
        if let path = paths.old,
            let found = Self.search(
                below: places.groups + "/memory", path, counts: "memory.oom_control", limit: "memory.limit_in_bytes",
                &file)
        {
            (inGroup, limit) = found
        } else if let path = paths.unified,
            let found = Self.search(
                below: places.groups, path, counts: "memory.events", limit: "memory.max", &file)
        {
            (inGroup, limit) = found
        }
        // A group without a limit has one greater than any machine.
        limit = [limit, total].compactMap(\.self).min()
    }

    /// From `/proc/self/cgroup` (cgroups(7)): lines `number:controllers:path`, with the unified hierarchy as number 0.
    private static func paths(_ text: ArraySlice<UInt8>) -> (old: String?, unified: String?) {
        var found: (old: String?, unified: String?) = (nil, nil)
        for line in String(decoding: text, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            // Above the root that this process sees there is nothing to read.
            guard parts.count == 3, !parts[2].contains("..") else { continue }
            if parts[1].split(separator: ",").contains("memory") { found.old = String(parts[2]) }
            if parts[0] == "0", parts[1].isEmpty { found.unified = String(parts[2]) }
        }
        return found
    }

    /// The count of the nearest group that has one, and the least limit of it and all above.
    private static func search(
        below root: String, _ path: String, counts: String, limit: String, _ file: inout KernelFile
    ) -> (count: Int64, limit: Int64?)? {
        var count: Int64?
        var least: Int64?
        var parts = path.split(separator: "/")
        while true {
            let directory = ([root] + parts.map(String.init)).joined(separator: "/")
            if count == nil, let text = file.read("\(directory)/\(counts)") {
                count = KernelFile.value(of: "oom_kill", in: text)
            }
            if let text = file.read("\(directory)/\(limit)"), let first = text.first, (0x30...0x39).contains(first) {
                least = min(least ?? .max, ProcessUsage.number(text.prefix { (0x30...0x39).contains($0) }))
            }
            if parts.isEmpty { break }
            parts.removeLast()
        }
        return count.map { ($0, least) }
    }
}

/// What of them happened while a command ran.
struct MemoryVerdict: Equatable, Sendable {
    /// Processes killed in the command's control group.
    var inGroup: Int64?
    /// Processes killed on the machine; they may be anybody's.
    var onMachine: Int64?
    /// Bytes.
    var limit: Int64?
    /// Bytes that the command held when it was last looked at.
    var used: Int64?

    init(from before: MemoryKills, to after: MemoryKills, used: Int64?) {
        func difference(_ path: KeyPath<MemoryKills, Int64?>) -> Int64? {
            guard let first = before[keyPath: path], let last = after[keyPath: path] else { return nil }
            return max(0, last - first)
        }
        inGroup = difference(\.inGroup)
        onMachine = difference(\.onMachine)
        limit = after.limit ?? before.limit
        self.used = used
    }

    /// `63 GB of 64 GB`; nil where neither is known.
    var amount: String? {
        switch (used, limit) {
        case (let used?, let limit?): "\(SizeText.brief(used)) of \(SizeText.brief(limit))"
        case (nil, let limit?): "there are \(SizeText.brief(limit))"
        case (let used?, nil): SizeText.brief(used)
        case (nil, nil): nil
        }
    }
}
