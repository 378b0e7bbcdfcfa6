import Glibc

extension Workbench {
    struct Process: Equatable, Sendable {
        let pid: pid_t
        let arguments: [String]
    }

    /// The living processes that carry this bench's data directory in their environment, whoever started them.
    func processes() -> [Process] {
        Self.allPIDs().compactMap { pid in
            guard pid != getpid(), let environment = Self.entries("/proc/\(pid)/environ"),
                environment.contains("XDG_DATA_HOME=\(data)")
            else { return nil }
            // A zombie has no command line left.
            guard let arguments = Self.entries("/proc/\(pid)/cmdline"), !arguments.isEmpty else { return nil }
            return Process(pid: pid, arguments: arguments)
        }
    }

    /// Those whose command line contains `text` as one of its words.
    func processes(with word: String) -> [Process] { processes().filter { $0.arguments.contains(word) } }

    /// The dashboards: `runwatch` without a subcommand that runs something.
    func dashboards() -> [Process] {
        processes().filter { process in
            process.arguments.first == Self.binary
                && !process.arguments.contains { ["exec", "demo-conduct", "demo-train", "demo-sweep"].contains($0) }
        }
    }

    private static func allPIDs() -> [pid_t] {
        guard let directory = opendir("/proc") else { return [] }
        defer { closedir(directory) }
        var pids: [pid_t] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let pid = pid_t(name) { pids.append(pid) }
        }
        return pids
    }

    /// The texts of a file that ends each with a zero byte; nil where it can't be read.
    private static func entries(_ path: String) -> [String]? {
        guard let bytes = FileBytes.read(path) else { return nil }
        return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }
}
