import FileAccess
import Glibc
import RunServices
import ServiceLifecycle

/// Gives memory back that a burst of requests left behind: the C library would keep it as long as the server runs.
struct MemoryCare: Service {
    /// How often it looks.
    private static let interval = Duration.seconds(20)
    /// Pages above the least that were seen before anything is done about them.
    private static let slack = 2_048

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var least = Int.max - Self.slack
            while (try? await Task.sleep(for: Self.interval)) != nil {
                guard let pages = Self.residentPages() else { continue }
                if pages > least + Self.slack { ProcessMemory.giveBack() }
                least = min(least, Self.residentPages() ?? pages)
            }
        }
    }

    /// Nil where the system does not tell.
    private static func residentPages() -> Int? {
        // The file claims to have no bytes, so that it has to be read as it comes.
        let handle = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else { return nil }
        defer { close(handle) }
        guard let bytes = FileAccess.read(handle, from: 0, length: 256) else { return nil }
        return String(decoding: bytes, as: UTF8.self).split(separator: " ").dropFirst().first.flatMap { Int($0) }
    }
}
