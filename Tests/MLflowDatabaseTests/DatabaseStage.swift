import Foundation
import GRDB
import RunModel
import RunServices
import Synchronization
import TestSupport

@testable import MLflowStores

/// A copy of the filled `mlflow.db`, a service on it, and another process's connection that never waits.
final class DatabaseStage: Sendable {
    let directory: TemporaryDirectory
    let path: String
    let clock = TestClock()
    let service: MLflowDatabase
    /// As a training script with no patience at all.
    let other: DatabaseQueue
    private let statements = Mutex<[String]>([])

    init(journalMode: String = "delete") async throws {
        directory = try TemporaryDirectory()
        path = directory.path + "/mlflow.db"
        try FileManager.default.copyItem(atPath: try await MLflowStores.directory() + "/mlflow.db", toPath: path)
        var configuration = Configuration()
        configuration.busyMode = .immediateError
        // Tests hold transactions open on purpose.
        configuration.allowsUnsafeTransactions = true
        other = try DatabaseQueue(path: path, configuration: configuration)
        try await other.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = \(journalMode)") }
        service = try MLflowDatabase(at: path) { [clock] in clock.now }
    }

    func run(named name: String) async throws -> Run? {
        try await service.runs(in: .all, matching: nil, limit: 100).first { $0.name == name }
    }

    /// Commits a change as another process does.
    func commit(_ sql: String, _ arguments: StatementArguments = StatementArguments()) async throws {
        try await other.write { db in try db.execute(sql: sql, arguments: arguments) }
    }

    /// The statements that the service's reading connection runs during `body`; `onEach` is called before each.
    func statements(
        during body: () async throws -> Void, onEach: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> [String] {
        statements.withLock { $0 = [] }
        try service.connections.readNow { db in
            db.trace(options: .statement) { [weak self] event in
                guard case .statement(let statement) = event else { return }
                self?.statements.withLock { $0.append(statement.sql) }
                onEach(statement.sql)
            }
        }
        defer { try? service.connections.readNow { $0.trace(options: .statement, nil) } }
        try await body()
        return statements.withLock { $0 }
    }
}
