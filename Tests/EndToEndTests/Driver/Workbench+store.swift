import GRDB
import Glibc
import LocalStore
import RunModel
import RunServices

/// What the store holds, read and damaged behind the dashboard's back.
extension Workbench {
    /// The tags of the only run.
    func tags() async throws -> [String: String?] {
        let service = try await LocalStore.open(at: store, access: .readOnly)
        let runs = try await service.runs(in: .all, matching: nil, limit: 2)
        return Dictionary(runs.flatMap { $0.tags.entries.map { ($0.key, $0.value) } }) { first, _ in first }
    }

    /// Changes the database as another program might.
    func change(_ sql: String, _ arguments: [String] = []) async throws {
        var configuration = Configuration()
        // The supervisor writes too.
        configuration.busyMode = .timeout(10)
        try await DatabaseQueue(path: store + "/runs.db", configuration: configuration).write {
            try $0.execute(sql: sql, arguments: StatementArguments(arguments))
        }
    }

    /// Leaves the database as one file, with nothing in the write-ahead log beside it.
    func gather() async throws {
        let queue = try DatabaseQueue(path: store + "/runs.db")
        try await queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try queue.close()
        for suffix in ["-wal", "-shm"] { unlink(store + "/runs.db" + suffix) }
    }
}
