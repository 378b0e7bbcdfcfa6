import Foundation
import LocalStore
import RunExecution
import RunModel
import RunServices
import SlurmCommands
import SlurmExecution
import TestSupport
import Testing

/// A person's shell beside a real Slurm, with a run store of its own.
struct JobStage: Sendable {
    let slurm: SlurmInstance
    let place: TemporaryDirectory
    /// What `RUNWATCH_SERVICE` says.
    let address: String
    let service: any SupervisedRunService
    private let variables: [String: String]

    /// With the embedded store, which the one node reaches since it is this host.
    init(_ slurm: SlurmInstance? = nil) async throws {
        let place = try TemporaryDirectory()
        let service = try await LocalStore.open(at: place.path + "/store", access: .readWrite)
        try await self.init(slurm, on: service, at: place.path + "/store", in: place)
    }

    init(
        _ slurm: SlurmInstance?, on service: any SupervisedRunService, at address: String,
        in place: TemporaryDirectory? = nil, variables: [String: String] = [:]
    ) async throws {
        if let slurm { self.slurm = slurm } else { self.slurm = try await SlurmInstance.shared() }
        self.place = try place ?? TemporaryDirectory()
        (self.service, self.address, self.variables) = (service, address, variables)
    }

    /// Test bundle and product are built into the same directory.
    static let binary: String = {
        let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        return own.deletingLastPathComponent().appendingPathComponent("runwatch").path
    }()

    /// Calls the built `runwatch` with a line as a person would type it; returns what it prints, its errors too. Throws
    /// when it fails.
    @discardableResult
    func call(_ line: String) async throws -> String {
        var variables = [
            "RUNWATCH_SERVICE": address, "XDG_STATE_HOME": place.path + "/state",
            "XDG_CONFIG_HOME": place.path + "/config",
            "XDG_DATA_HOME": place.path + "/data",
        ]
        variables.merge(self.variables) { $1 }
        let words = variables.map { "\($0.key)='\($0.value)'" }.sorted().joined(separator: " ")
        return try await slurm.run(
            "cd '\(place.path)' && env -u RUNWATCH_RUN_ID -u RUNWATCH_EXPERIMENT -u RUNWATCH_CONFIG -u XDG_RUNTIME_DIR "
                + "\(words) '\(Self.binary)' \(line)")
    }

    /// Submits a shell script as the command; returns its run.
    func submit(_ script: String, options: String = "-c1", exec: String = "") async throws -> RunID {
        let said = try await call(
            "exec --on slurm --sbatch '\(options)' \(exec) -e jobs -- sh -c '\(script)'")
        let id = said.split(separator: "\n").map(String.init).last { $0.count == 36 || $0.count == 32 }
        guard let id else { throw RunServiceError(.unexpectedResponse, said) }
        return RunID(id)
    }

    func run(_ id: RunID) async throws -> Run { try await service.details(of: id).run }

    func job(of id: RunID) async throws -> String { try await run(id).slurmJob ?? "" }

    func log(of id: RunID) async throws -> String {
        guard let log = try await service.details(of: id).commandLog else { return "" }
        let chunk = try await service.readLog(log.name, of: id, offset: 0, length: 1 << 16)
        return String(decoding: chunk.bytes, as: UTF8.self)
    }

    /// The run once its command has printed `ready`.
    func ready(_ id: RunID) async throws -> Run {
        try await eventually("a command that began") {
            let run = try await run(id)
            let log = try await log(of: id)
            return run.status == .running && log.contains("ready") ? run : nil
        }
    }

    /// The run once it is over, by what its supervisor says alone.
    func end(_ id: RunID) async throws -> Run {
        try await eventually("an end") {
            let run = try await run(id)
            return run.status.isTerminal ? run : nil
        }
    }

    /// As a dashboard has it, but that asks more often.
    func watch() -> JobWatch {
        let tool = SlurmTool(environment: slurm.environment)
        let snapshot = SharedSnapshot(tool, of: .me, in: nil, interval: 1_000, clock: LocalStore.systemClock)
        return JobWatch(service, tool: tool, snapshot: snapshot, clock: LocalStore.systemClock)
    }

    /// The run once a dashboard's watch has brought it to what is asked for.
    func watched(_ id: RunID, _ watch: JobWatch? = nil, until isThere: (Run) -> Bool) async throws -> Run {
        let watch = watch ?? self.watch()
        return try await eventually("a word from the watch") {
            await watch.look(after: try await service.changes(in: .all, since: nil, pageSize: 100))
            let run = try await run(id)
            return isThere(run) ? run : nil
        }
    }

    /// Slurm's word for a job's state.
    func state(_ job: String) async throws -> String {
        let text = try await slurm.run("scontrol show job -o \(job) || true")
        return text.firstMatch(of: /JobState=(\w+)/).map { String($0.1) } ?? ""
    }
}
