import RunServices
import SlurmCommands
import SlurmService

/// What one needs to know of a Slurm when its jobs do not show.
struct SlurmExamination {
    private(set) var findings: [Finding] = []
    private(set) var fault: RunServiceError?

    init(of address: SlurmAddress) async {
        let tool = SlurmTool(environment: Environment.all)
        note("configuration", tool.configuration.isEmpty ? "Slurm's usual one" : Shown.path(tool.configuration))
        do throws(RunServiceError) {
            let setup = try await tool.setup()
            note("cluster", "\(Shown.text(setup.cluster)), Slurm \(Shown.text(setup.version))")
            let interval = Int((address.interval ?? SharedSnapshot.interval(environment: Environment.all)) / 1_000)
            note("asked every", "\(interval) s, for all dashboards of yours")
            if let memory = setup.memory {
                note(
                    "forgets jobs", "\(memory) s after their end",
                    problem: memory < 2 * interval && !setup.hasAccounting
                        ? "Slurm forgets jobs \(memory) s after their end, so some ends are missed; ask more often with "
                            + "slurm:?interval=\(max(1, memory / 3))." : nil)
            }
            note("accounting", setup.hasAccounting ? "yes, asked when a job was forgotten" : "none; ends are kept here")
        } catch {
            fault = error
        }
    }

    private mutating func note(_ name: String, _ value: String, problem: String? = nil) {
        findings.append(Finding(.service, name, value, problem: problem))
    }
}
