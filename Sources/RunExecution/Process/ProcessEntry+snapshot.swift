import Glibc

extension ProcessEntry {
    /// Every process that this one may see, read from `/proc`; those that end meanwhile are left out.
    package static func snapshot() -> [ProcessEntry] {
        guard let directory = opendir("/proc") else { return [] }
        defer { closedir(directory) }
        var entries: [ProcessEntry] = []
        while let item = readdir(directory) {
            let name = withUnsafeBytes(of: item.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard Int32(name) != nil, let text = smallFile("/proc/\(name)/stat"), let entry = ProcessEntry(stat: text)
            else { continue }
            entries.append(entry)
        }
        return entries
    }

    /// The process that has this pid now.
    static func current(_ pid: Int32) -> ProcessEntry? {
        smallFile("/proc/\(pid)/stat").flatMap(ProcessEntry.init(stat:))
    }

    /// Whether this very process is still there, rather than another with its pid.
    var stillRuns: Bool { Self.current(pid).map { $0.startTicks == startTicks && !$0.isZombie } ?? false }

    /// Whether no process of the group has a parent elsewhere in its session, such as a shell that could continue it.
    static func isOrphaned(group: Int32, in table: [ProcessEntry]) -> Bool {
        let entries = Dictionary(table.map { ($0.pid, $0) }, uniquingKeysWith: { first, _ in first })
        return !table.contains { member in
            guard member.group == group, let parent = entries[member.parent] else { return false }
            return parent.session == member.session && parent.group != group
        }
    }

    private static func smallFile(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // One stat line is far below a page; a name is at most 64 bytes, all other fields are numbers.
        return withUnsafeTemporaryAllocation(byteCount: 4_096, alignment: 1) { buffer in
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : nil
        }
    }
}
