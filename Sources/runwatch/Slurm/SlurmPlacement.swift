import Glibc
import ProcessTable
import RunExecution
import RunModel
import RunServices
import SlurmCommands
import SlurmExecution

/// A command that is to become a job, from its options to its number.
struct SlurmPlacement {
    let service: ServiceOptions
    let options: SbatchOptions
    let tasks: TaskList?

    /// Opens the run service, unless nodes cannot reach it.
    func executor() async throws -> SlurmExecutor {
        let tool = SlurmTool(environment: Environment.all)
        let program = try Self.program()
        let location = try service.location()
        let hosts = try await tool.hosts(
            partitions: options.value("-p", "--partition"), list: options.value("-w", "--nodelist"))
        let remark = try StoreReach(place: location.place).remark(
            isHere: hosts.allSatisfy { Self.isThisHost($0, named: ProcessTable.hostName) })
        if let remark { Console.warn("runwatch: \(remark)") }
        let cluster = try await tool.setup().cluster
        let runs = try await location.open(readOnly: false, isPatient: true)
        return SlurmExecutor(
            runs, tool: tool, cluster: cluster,
            order: SlurmExecutor.Order(
                options: options, tasks: tasks, program: program,
                subcommand: ExecJobCommand.name,
                directory: { Environment.currentDirectory }, environment: Self.variables(location)))
    }

    /// What leads a supervisor on a node to the run service. Secrets may be in it: it is for an environment only.
    private static func variables(_ location: ServiceLocation) -> [String: String?] {
        let prefixes = ["MLFLOW_", "DATABRICKS_", "RUNWATCH_"]
        let ofOuterRun = ["MLFLOW_RUN_ID", "RUNWATCH_RUN_ID", OwnershipRecord.variable, "RUNWATCH_LOG"]
        var variables: [String: String?] = Environment.all.filter { name, _ in
            prefixes.contains { name.hasPrefix($0) } && !ofOuterRun.contains(name)
        }
        variables["RUNWATCH_SERVICE"] = location.environmentText
        return variables
    }

    /// By its own name, or by an address that leads to no other host.
    static func isThisHost(_ host: SlurmHost, named own: String) -> Bool {
        func bare(_ name: String) -> Substring { name.prefix { $0 != "." } }
        if [host.name, host.address].contains(where: { $0 == own }) { return true }
        let isNumber = host.address.allSatisfy { $0.isNumber || $0 == "." || $0 == ":" }
        if host.address == "localhost" || host.address.hasPrefix("127.") || host.address == "::1" { return true }
        return !isNumber && bare(host.address) == bare(own)
    }

    /// Where this program is, also as a node finds it if it has the same file systems.
    private static func program() throws -> String {
        guard let path = realpath(OwnBinary.path, nil) else {
            throw RunServiceError(
                .unavailable,
                "The file of this program was replaced or removed; start it again, so that a node finds it.")
        }
        defer { free(path) }
        return String(cString: path)
    }
}
