import Glibc
import LocalStore
import RunExecution
import RunModel
import RunServices
import TestSupport

/// A local run service in a directory of its own, which goes with it.
final class TemporaryStore: Sendable {
    let service: LocalStore
    private let place: TemporaryDirectory

    init() async throws {
        place = try TemporaryDirectory()
        service = try await LocalStore.open(at: place.path + "/store", access: .readWrite)
    }

    /// Of a file beside the store.
    func path(of name: String) -> String { place.path + "/" + name }

    /// Writes a file beside the store and returns its path.
    func file(_ name: String, _ bytes: [UInt8], mode: mode_t = 0o600) throws -> String {
        let path = path(of: name)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode)
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress! + written, $0.count - written) }
            guard count > 0 else { throw RunServiceError(.unavailable, "\(path) cannot be written.") }
            written += count
        }
        return path
    }

    func request(_ command: [String], grace: Int64 = 10_000) -> ExecutionRequest {
        ExecutionRequest(
            command: command, draft: RunDraft(experimentName: "tests", name: "test"), grace: grace, isAttached: false)
    }

    /// Runs a shell script as a run, to its end.
    func run(script: String, signals: AsyncStream<Int32>? = nil) async throws -> ExecutionOutcome {
        try await CommandSupervisor(service: service, request: request(["sh", "-c", script])).run(signals: signals)
    }

    func details(of run: RunID) async throws -> RunDetails { try await service.details(of: run) }

    /// The whole log; empty when there is none.
    func log(of run: RunID) async throws -> [UInt8] {
        guard try await details(of: run).logs.contains(where: { $0.name == "output.log" }) else { return [] }
        var bytes: [UInt8] = []
        while true {
            let chunk = try await service.readLog(
                "output.log", of: run, offset: Int64(bytes.count), length: 1 << 20)
            if chunk.bytes.isEmpty { return bytes }
            bytes += chunk.bytes
        }
    }

    func logText(of run: RunID) async throws -> String { String(decoding: try await log(of: run), as: UTF8.self) }
}
