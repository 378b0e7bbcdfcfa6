import Glibc
import LocalStore
import RunModel
import RunServices
import TestSupport

/// What all rows share: the binary, and synthetic stores that are filled once.
final class BenchmarkSetting {
    let binary: String
    let isQuick: Bool
    private let directory: String
    /// Keeps the stores until the end; nil when they are the caller's.
    private let temporary: TemporaryDirectory?

    init(binary: String?, stores: String?, isQuick: Bool) throws {
        self.isQuick = isQuick
        self.binary = binary ?? Self.siblingBinary
        temporary = stores == nil ? try TemporaryDirectory() : nil
        directory = stores ?? temporary?.path ?? "."
        mkdir(directory, 0o700)
    }

    private static var siblingBinary: String {
        var path = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let length = readlink("/proc/self/exe", &path, path.count)
        let own = String(decoding: path.prefix(max(0, length)), as: UTF8.self)
        return (own.lastIndex(of: "/").map { String(own[..<$0]) } ?? ".") + "/runwatch"
    }

    /// The directory of a store of so many runs. Other rows may have changed a few of them.
    func store(runs: Int) async throws -> String {
        let path = "\(directory)/\(runs)-runs"
        if access(path, F_OK) == 0 { return path }
        // Filled under another name, so that an interrupted filling is not taken for a store.
        let unfinished = path + ".unfinished-\(getpid())"
        try await SyntheticStore.fill(directory: unfinished, runs: runs)
        rename(unfinished, path)
        return path
    }

    /// A store of its own in which no run is at work.
    func restingStore(runs: Int) async throws -> String {
        let path = "\(directory)/\(runs)-runs-at-rest"
        if access(path, F_OK) == 0 { return path }
        try await SyntheticStore.fill(directory: path, runs: runs, seed: 2)
        let service = try await LocalStore.open(at: path)
        for run in try await service.runs(in: .all, matching: nil, limit: 100) where run.status.isActive {
            try await service.cancel(run.id, includingDescendants: false)
        }
        return path
    }

    /// An `mlflow.db` of 10,000 runs, of which three are at work.
    func mlflowDatabase() async throws -> String {
        let path = "\(directory)/10000-runs-of-mlflow.db"
        if access(path, F_OK) != 0 { try await MLflowSyntheticStore.makeDatabase(at: path) }
        return path
    }

    /// An `mlflow.db` of 10,000 runs, of which 290 are at work: a cluster in use.
    func busyMLflowDatabase() async throws -> String {
        let path = "\(directory)/10000-runs-290-at-work-of-mlflow.db"
        if access(path, F_OK) != 0 { try await MLflowSyntheticStore.makeDatabase(at: path, active: 290) }
        return path
    }

    /// A store of its own that holds what `mlflowDatabase` does.
    func servedStore() async throws -> String {
        let path = "\(directory)/10000-runs-as-in-mlflow"
        if access(path, F_OK) == 0 { return path }
        let unfinished = path + ".unfinished-\(getpid())"
        try await ServedSyntheticStore.fill(directory: unfinished, fromDatabase: try await mlflowDatabase())
        rename(unfinished, path)
        return path
    }

    /// Starts the dashboard on a store in a terminal of its own.
    func startDashboard(store: String, _ arguments: [String] = []) throws -> TerminalProcess {
        try TerminalProcess([binary, "--store", store] + arguments)
    }

    /// Starts the dashboard on a run service, named as for `--service`, in a terminal of its own.
    func startDashboard(
        service: String, _ arguments: [String] = [], adding variables: [String: String] = [:]
    ) throws -> TerminalProcess {
        try TerminalProcess([binary, "--service", service] + arguments, adding: variables)
    }
}
