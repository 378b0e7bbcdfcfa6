import FileAccess
import Foundation
import RunModel
import RunServices
import TensorBoardService
import TestSupport

/// A log directory that TensorBoard's own package wrote, for one test.
struct LogDirectory {
    let directory: TemporaryDirectory
    let clock = TestClock()

    /// Seconds since 1970: when the runs of the fixture began.
    static let start: Int64 = 1_700_000_000

    var path: String { directory.path + "/logs" }

    /// Empty.
    init() throws {
        directory = try TemporaryDirectory()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// A copy of what the package wrote: starting Python takes a second.
    static func written() async throws -> LogDirectory {
        let log = try LogDirectory()
        try await Fixture.shared.copy(to: log.path)
        // Long ago.
        log.set(Timestamp(milliseconds: (start + 86_400) * 1_000))
        return log
    }

    func set(_ now: Timestamp) { clock.advance(by: now.milliseconds(since: clock.now)) }

    func open() throws -> TensorBoardDirectory {
        try TensorBoardDirectory(at: path) { [directory, clock] in withExtendedLifetime(directory) { clock.now } }
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        let file = path + "/" + name
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: file))
    }

    func append(_ bytes: [UInt8], to name: String) throws {
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path + "/" + name))
        defer { try? handle.close() }
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(bytes))
    }

    func bytes(of name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
    }
}

/// What Python wrote, once for all tests.
private actor Fixture {
    static let shared = Fixture()
    private var task: Task<TemporaryDirectory, any Error>?

    func copy(to path: String) async throws {
        let task =
            self.task
            ?? Task {
                let directory = try TemporaryDirectory()
                _ = try await MLflowPython.run("write_event_files.py", [directory.path + "/logs"])
                return directory
            }
        self.task = task
        let directory = try await task.value
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.copyItem(atPath: directory.path + "/logs", toPath: path)
    }
}

extension RunService {
    func run(_ id: String) async throws -> Run { try await details(of: RunID(id)).run }

    /// All points of a metric, as (step, value).
    func points(_ run: String, _ metric: String) async throws -> [MetricPoint] {
        try await wholeSeries(for: [MetricSeriesKey(run: RunID(run), metric: metric)]).first?.points ?? []
    }
}
