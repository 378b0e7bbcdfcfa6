import FoundationEssentials
import Glibc
import LocalStore
import RunServices

/// Where the demo keeps its runs, apart from a person's own.
struct DemoStore {
    /// Seconds that an ended demo's processes get to end before another demo counts as live.
    private static let handoverTime = 5

    let directory: String

    init() {
        let data = Environment.value("XDG_DATA_HOME") ?? Environment.absolutePath("~/.local/share")
        directory = Environment.absolutePath(data) + "/runwatch-demo"
    }

    /// The descriptor of a lock that lasts as long as any process holds it; nil while another demo is live.
    ///
    /// Inherited by processes started afterwards unless they close it.
    func lock() async throws -> Int32? {
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let descriptor = open(directory + "/demo.lock", O_RDWR | O_CREAT, 0o600)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            throw RunServiceError(.unavailable, "The demo's directory \(directory) cannot be written: \(reason).")
        }
        for _ in 0..<(10 * Self.handoverTime) {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
            try await Task.sleep(for: .milliseconds(100))
        }
        close(descriptor)
        return nil
    }

    /// Removes the data of earlier demos; for the holder of the lock.
    func reset() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: directory)
        where name == "logs" || name.hasPrefix("runs.db") {
            try FileManager.default.removeItem(atPath: directory + "/" + name)
        }
    }
}
