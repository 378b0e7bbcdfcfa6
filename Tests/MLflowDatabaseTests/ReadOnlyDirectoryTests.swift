import Foundation
import GRDB
import Glibc
import MLflowService
import MLflowStores
import RunModel
import RunServices
import TestSupport
import Testing

/// An `mlflow.db` in write-ahead mode, as MLflow's own migration leaves it, where no file can be made beside it.
///
/// In processes of their own, which give up the right of root to ignore permissions.
@Suite struct ReadOnlyDirectoryTests {
    /// `nobody` on every Linux.
    private static let nobody: uid_t = 65_534

    private static func giveUpRoot() {
        if geteuid() == 0 {
            precondition(setgroups(0, nil) == 0 && setgid(nobody) == 0 && setuid(nobody) == 0)
        }
    }

    /// A directory with a database in it whose run `finished` was renamed to `in the log`.
    /// - Parameter kept: endings of the files that a writer left, all of them as they were while it had them open.
    private func makeDirectory(keeping kept: [String]) async throws -> TemporaryDirectory {
        let (origin, directory) = (try TemporaryDirectory(), try TemporaryDirectory())
        let path = origin.path + "/mlflow.db"
        try FileManager.default.copyItem(atPath: try await MLflowStores.directory() + "/mlflow.db", toPath: path)
        let writer = try DatabaseQueue(path: path)
        try await writer.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = wal; PRAGMA wal_autocheckpoint = 0")
            try db.execute(sql: "UPDATE runs SET name = 'in the log' WHERE name = 'finished'")
        }
        if kept.isEmpty { try writer.close() }
        for ending in [""] + kept {
            let copy = directory.path + "/mlflow.db" + ending
            try FileManager.default.copyItem(atPath: path + ending, toPath: copy)
            try #require(chmod(copy, 0o400) == 0)
            if geteuid() == 0 { try #require(chown(copy, Self.nobody, Self.nobody) == 0) }
        }
        try #require(chmod(directory.path, 0o500) == 0)
        if geteuid() == 0 { try #require(chown(directory.path, Self.nobody, Self.nobody) == 0) }
        return directory
    }

    @Test(arguments: [[], ["-wal"], ["-wal", "-shm"]] as [[String]])
    func `it is read, with what its log holds, and says what is limited`(_ kept: [String]) async throws {
        let directory = try await makeDirectory(keeping: kept)
        await #expect(processExitsWith: .success) { [path = directory.path + "/mlflow.db" as String] in
            ReadOnlyDirectoryTests.giveUpRoot()
            let service = try MLflowDatabase(at: path) { TestClock().now }
            let runs = try await service.runs(in: .all, matching: nil, limit: 100)
            #expect(runs.count == 10)
            let run = try #require(runs.first { $0.name == "in the log" })
            let reason = try #require(service.capabilities.changeStatus.reason)
            #expect(reason.contains(path))
            let error = await refusal { try await service.editTags([.set(key: "k", value: "v")], of: run.id) }
            #expect(error == RunServiceError(.unsupported, service.capabilities.editTags.reason ?? ""))
            let names = try FileManager.default.contentsOfDirectory(atPath: String(path.dropLast(10)))
            #expect(names.allSatisfy { $0.hasPrefix("mlflow.db") })
        }
        chmod(directory.path, 0o700)
    }

    @Test func `what its owner writes later is seen`() async throws {
        let directory = try await makeDirectory(keeping: [])
        await #expect(processExitsWith: .success) { [path = directory.path as String] in
            ReadOnlyDirectoryTests.giveUpRoot()
            let service = try MLflowDatabase(at: path + "/mlflow.db") { TestClock().now }
            var replica = ChangeReplica()
            try await replica.catchUp(with: service)
            chmod(path, 0o700)
            chmod(path + "/mlflow.db", 0o600)
            let writer = try DatabaseQueue(path: path + "/mlflow.db")
            for name in ["first", "second"] {
                try await writer.write { db in
                    try db.execute(sql: "UPDATE runs SET name = ? WHERE status = 'FAILED'", arguments: [name])
                }
                try await replica.pull(from: service, pageSize: 0)
                #expect(replica.runs.values.filter { $0.status == .failed }.map(\.name) == [name])
            }
            try writer.close()
            try await replica.pull(from: service, pageSize: 0)
            #expect(replica.runs.count == 10)
        }
    }
}
