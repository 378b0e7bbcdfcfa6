import Foundation
import MLflowService
import MLflowStores
import RunModel
import RunServices
import TestSupport

/// A copy of the filled `mlruns`, a service on it, and what another process does to its files.
final class FileStage: Sendable {
    let directory: TemporaryDirectory
    let root: String
    let clock = TestClock()
    let service: MLflowFileStore

    init() async throws {
        directory = try TemporaryDirectory()
        root = directory.path + "/mlruns"
        try FileManager.default.copyItem(atPath: try await MLflowStores.directory() + "/mlruns", toPath: root)
        service = try MLflowFileStore(at: root) { [clock] in clock.now }
    }

    func run(named name: String) async throws -> Run? {
        try await service.runs(in: .all, matching: nil, limit: 100).first { $0.name == name }
    }

    func folder(of run: Run) -> String { "\(root)/\(run.experimentID.text)/\(run.id.text)" }

    /// As MLflow writes: in place, with what is there thrown away first.
    func write(_ text: String, to path: String) throws {
        try FileManager.default.createDirectory(
            atPath: String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]), withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: false, encoding: .utf8)
    }

    func append(_ text: String, to path: String) throws {
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.seekToEnd()
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    /// Sets the file's time back, as if it had been written a while ago.
    func age(_ path: String) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_750_000_000)], ofItemAtPath: path)
    }

    func replace(_ old: String, with new: String, in path: String) throws {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try write(text.replacingOccurrences(of: old, with: new), to: path)
    }

    /// Every file and directory below the root.
    func names() -> [String] { (FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String }) ?? [] }
}
