import Foundation
import GRDB
import MLflowService
import MLflowStores
import RunServices
import TestSupport
import Testing

/// What is no database of MLflow's is told, each with a sentence of its own, and left as it is.
@Suite struct DatabaseOpeningTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.path + "/mlflow.db" }

    init() throws { directory = try TemporaryDirectory() }

    private func openingFails(
        _ code: RunServiceError.Code, saying part: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let before = FileManager.default.contents(atPath: path)
        for readOnly in [true, false] {
            let error = await refusal(sourceLocation: sourceLocation) {
                try MLflowDatabase(at: path, readOnly: readOnly) { TestClock().now }
            }
            #expect(error?.code == code, sourceLocation: sourceLocation)
            #expect(error?.message.contains(part) == true, "\(error?.message ?? "")", sourceLocation: sourceLocation)
            #expect(error?.message.contains(path) == true, sourceLocation: sourceLocation)
        }
        #expect(FileManager.default.contents(atPath: path) == before, sourceLocation: sourceLocation)
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
        #expect(names == (before == nil ? [] : ["mlflow.db"]), sourceLocation: sourceLocation)
    }

    @Test func `no file`() async throws {
        try await openingFails(.notFound, saying: "There is no MLflow database")
    }

    @Test func `an empty file`() async throws {
        try Data().write(to: URL(fileURLWithPath: path))
        try await openingFails(.unexpectedResponse, saying: "is empty")
    }

    @Test func `a text`() async throws {
        try Data(String(repeating: "no database ", count: 1_000).utf8).write(to: URL(fileURLWithPath: path))
        try await openingFails(.unexpectedResponse, saying: "is not a database")
    }

    @Test func `the database of another program`() async throws {
        let queue = try DatabaseQueue(path: path)
        try await queue.write { try $0.execute(sql: "CREATE TABLE recipes (name TEXT)") }
        try queue.close()
        try await openingFails(.unexpectedResponse, saying: "it has no table `experiments`")
    }

    @Test func `a database from before 2022-08`() async throws {
        try await copyOfFilled()
        let queue = try DatabaseQueue(path: path)
        try await queue.write { try $0.execute(sql: "ALTER TABLE latest_metrics RENAME COLUMN is_nan TO other") }
        try queue.close()
        try await openingFails(.unexpectedResponse, saying: "it has no column `latest_metrics.is_nan`")
    }

    @Test func `damaged pages`() async throws {
        try await copyOfFilled()
        let file = try #require(FileHandle(forUpdatingAtPath: path))
        let size = try file.seekToEnd()
        // The schema needs the first pages only; all others become noise.
        let schema = UInt64(400_000)
        try #require(size > schema * 3 / 2)
        try file.seek(toOffset: schema)
        try file.write(contentsOf: Data((schema..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) }))
        try file.close()
        let error = await refusal {
            let service = try MLflowDatabase(at: path) { TestClock().now }
            return try await service.changes(in: .all, since: nil, pageSize: 10)
        }
        #expect(error?.code == .unexpectedResponse)
        #expect(error?.message.contains("is damaged") == true, "\(error?.message ?? "")")
    }

    private func copyOfFilled() async throws {
        try FileManager.default.copyItem(atPath: try await MLflowStores.directory() + "/mlflow.db", toPath: path)
    }
}
