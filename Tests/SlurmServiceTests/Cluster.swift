import Foundation
import RunModel
import RunServices
import SlurmCommands
import SlurmService
import TestSupport
import Testing

/// A service of the jobs of a real Slurm, with directories of its own for what is shared and remembered.
struct Cluster {
    let slurm: SlurmInstance
    let place: TemporaryDirectory
    let tool: SlurmTool

    /// - Parameter slurm: the shared one when nil.
    init(_ slurm: SlurmInstance? = nil) async throws {
        if let slurm { self.slurm = slurm } else { self.slurm = try await SlurmInstance.shared() }
        place = try TemporaryDirectory()
        try FileManager.default.createDirectory(atPath: place.path + "/run", withIntermediateDirectories: true)
        tool = SlurmTool(environment: self.slurm.environment)
    }

    var environment: [String: String] {
        slurm.environment.merging(["XDG_RUNTIME_DIR": place.path + "/run", "XDG_STATE_HOME": place.path + "/state"]) {
            $1
        }
    }

    /// As another process would open it; asks Slurm once a second, the least.
    func open(_ address: String = "slurm:?user=all&interval=1", readOnly: Bool = false) throws -> SlurmService {
        SlurmService(
            try #require(try SlurmAddress(uri: address)), isReadOnly: readOnly, environment: environment, host: "here"
        ) {
            var now = timespec()
            clock_gettime(CLOCK_REALTIME, &now)
            return Timestamp(seconds: Int64(now.tv_sec), nanoseconds: Int64(now.tv_nsec))
        }
    }

    /// Submits a script; returns its run's id.
    func submit(_ text: String, _ options: [String] = [], output: String? = nil) async throws -> RunID {
        let path = place.path + "/job\(UInt32.random(in: 0 ... .max)).sh"
        try "#!/bin/bash\n\(text)\n".write(toFile: path, atomically: true, encoding: .utf8)
        let options = ["-o", output ?? "/dev/null"] + options
        return RunID("\(try await tool.submit(script: path, options: options, in: place.path).id)")
    }
}

extension RunService {
    func run(_ id: RunID) async throws -> Run? { try await runs(RunQuery(.runs([id]))).items.first }

    /// Waits until a run is in one of these states.
    func run(_ id: RunID, is statuses: Set<RunStatus>) async throws -> Run {
        try await eventually("\(id) becomes \(statuses)") {
            guard let run = try await run(id), statuses.contains(run.status) else { return nil }
            return run
        }
    }
}
