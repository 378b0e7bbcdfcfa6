import Foundation
import Glibc
import LocalStore
import RunExecution
import RunModel
import RunServices
import Subprocess
import SystemPackage
import TestSupport

/// The built `runwatch`, called as a person or script would, on a store of its own.
struct Binary: Sendable {
    struct Answer {
        var output: String
        var errors: String
        /// As a shell reports it.
        var status: Int32
    }

    let place: TemporaryDirectory
    var store: String { place.path + "/store" }

    init() throws { place = try TemporaryDirectory() }

    /// Test bundle and product are built into the same directory.
    static let path: String = {
        guard let executable = realpath("/proc/self/exe", nil) else { return "runwatch" }
        defer { free(executable) }
        return FilePath(String(cString: executable)).removingLastComponent().appending("runwatch").string
    }()

    /// Nothing of a run that these tests may themselves be part of reaches the binary.
    func environment(_ additions: [String: String] = [:]) -> Environment {
        var changes: [Environment.Key: String?] = [
            "RUNWATCH_RUN_ID": nil, "RUNWATCH_EXPERIMENT": nil, "RUNWATCH_SERVICE": store,
            "XDG_DATA_HOME": place.path + "/data", "XDG_STATE_HOME": place.path + "/state",
            "XDG_CONFIG_HOME": place.path + "/config", "RUNWATCH_CONFIG": nil,
        ]
        for (name, value) in additions {
            if let key = Environment.Key(rawValue: name) { changes[key] = value }
        }
        return .inherit.updating(changes)
    }

    /// Calls it and waits for its end.
    func call(_ arguments: String..., environment additions: [String: String] = [:]) async throws -> Answer {
        try await call(arguments, environment: additions)
    }

    func call(_ arguments: [String], environment additions: [String: String] = [:]) async throws -> Answer {
        let result = try await Subprocess.run(
            .path(FilePath(Self.path)), arguments: Arguments(arguments), environment: environment(additions),
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        return Answer(
            output: result.standardOutput, errors: result.standardError,
            status: Self.shellStatus(result.terminationStatus))
    }

    /// Starts it, gives its pid to `body`, and waits for its end. What it says can be read by `said` meanwhile.
    /// - Parameter launcher: what becomes the binary in the end, such as `env`; empty for nothing.
    func calling(
        _ arguments: String..., through launcher: [String] = [], environment additions: [String: String] = [:],
        body: @Sendable (pid_t) async throws -> Void
    ) async throws -> Int32 {
        try await calling(arguments, through: launcher, environment: additions, body: body)
    }

    func calling(
        _ arguments: [String], through launcher: [String] = [], environment additions: [String: String] = [:],
        body: @Sendable (pid_t) async throws -> Void
    ) async throws -> Int32 {
        let said = try FileDescriptor.open(
            FilePath(wordsPath), .writeOnly, options: [.create, .truncate, .append], permissions: .ownerReadWrite)
        defer { try? said.close() }
        let words = launcher + [Self.path] + arguments
        let result = try await Subprocess.run(
            launcher.isEmpty ? .path(FilePath(Self.path)) : .name(words[0]),
            arguments: Arguments(Array(words.dropFirst())), environment: environment(additions),
            input: .none, output: .fileDescriptor(said, closeAfterSpawningProcess: false),
            error: .fileDescriptor(said, closeAfterSpawningProcess: false)
        ) { try await body($0.processIdentifier.value) }
        return Self.shellStatus(result.terminationStatus)
    }

    private var wordsPath: String { place.path + "/words" }

    /// Output and errors of what `calling` started.
    func said() throws -> String { try String(contentsOfFile: wordsPath, encoding: .utf8) }

    private static func shellStatus(_ status: TerminationStatus) -> Int32 {
        switch status {
        case .exited(let status): status
        case .signaled(let number): 128 + number
        }
    }

    func service() async throws -> LocalStore { try await LocalStore.open(at: store, access: .readWrite) }

    /// What `runwatch exec` has noted on this host.
    var records: OwnershipRecords { OwnershipRecords(directory: place.path + "/state/runwatch/commands") }

    /// Once the reaper of a dashboard has looked after them.
    func reapedRuns() async throws -> [Run] {
        let service = try await service()
        await HostReaper(service, records: records, clock: LocalStore.systemClock).look()
        return try await service.runs(in: .all, matching: nil, limit: 1_000)
    }

    func runs() async throws -> [Run] { try await service().runs(in: .all, matching: nil, limit: 1_000) }

    func log(of run: RunID) async throws -> String {
        let chunk = try await service().readLog("output.log", of: run, offset: 0, length: 1 << 20)
        return String(decoding: chunk.bytes, as: UTF8.self)
    }
}
