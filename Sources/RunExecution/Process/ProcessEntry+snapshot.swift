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

    /// Whether this very process is still there, rather than another with its pid.
    var stillRuns: Bool {
        Self.smallFile("/proc/\(pid)/stat").flatMap(ProcessEntry.init(stat:)).map {
            $0.startTicks == startTicks && !$0.isZombie
        } ?? false
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
