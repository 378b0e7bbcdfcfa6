import Glibc

/// The log files that were appended to last, kept open so that a line costs one write.
struct LogHandles: ~Copyable {
    /// A supervisor writes one or two logs; a server in front of many keeps its descriptors few.
    private static let limit = 16

    /// Least recently used first.
    private var open: [(file: String, handle: Int32)] = []

    deinit {
        for entry in open { close(entry.handle) }
    }

    mutating func handle(for file: String) -> Int32? {
        guard let index = open.lastIndex(where: { $0.file == file }) else { return nil }
        if index != open.count - 1 { open.append(open.remove(at: index)) }
        return open.last?.handle
    }

    mutating func insert(_ handle: Int32, for file: String) {
        if self.handle(for: file) != nil {
            close(handle)
            return
        }
        open.append((file, handle))
        if open.count > Self.limit { close(open.removeFirst().handle) }
    }
}
