import AzureMLWire
import Hummingbird
import RunModel
import RunServices

extension AzureMLRoutes {
    /// What our launcher tells of the script that it started: the same that `runwatch exec` tells of a command.
    func addSupervision(to runs: RouterGroup<ServerContext>) {
        runs.add(.post, "attach") { call in
            let supervisor = try await call.body(LaunchedSupervisor.self).supervisor
            try await service.attach(supervisor, to: call.run)
            return AzureCoding.answer(["status": try await service.hostedRun(call.run).run.status.word])
        }
        runs.add(.post, "heartbeat") { call in
            AzureCoding.answer(["status": try await service.heartbeat(of: call.run).word])
        }
        runs.add(.post, "log") { call in
            let bytes = try await call.request.wholeBody()
            try await service.appendLog(Array(bytes.readableBytesView), named: LogFile.output, of: call.run)
            return Response(status: .ok)
        }
        runs.add(.post, "exit") { call in
            let end = try await call.body(LaunchedEnd.self)
            // What the script itself said of its failure says more than its exit status.
            let failure = AzureEventMapping.failure(toldOf: try await service.hostedRun(call.run))
            let run = try await service.detach(
                from: call.run, exit: end.exit, applying: end.transition(failure: failure))
            return AzureCoding.answer(["status": run.status.word])
        }
    }
}

/// Who supervises a script that a launcher started.
struct LaunchedSupervisor: Decodable {
    /// A process that no later one can be mistaken for.
    struct Stamp: Decodable {
        var pid: Int32
        var startTicks: Int64
    }

    var host: String
    var bootId: String
    var process: Stamp
    var command: Stamp?

    var supervisor: Supervisor {
        Supervisor(
            host: host, process: stamp(process), command: command.map(stamp))
    }

    private func stamp(_ stamp: Stamp) -> ProcessStamp {
        ProcessStamp(pid: stamp.pid, startTicks: stamp.startTicks, bootID: bootId)
    }
}

/// How a script ended that a launcher started.
struct LaunchedEnd: Decodable {
    var status: Int32?
    var signal: Int32?
    /// Whether the launcher ended it because of a cancel.
    var isCanceled: Bool?
    /// Why nothing was started.
    var message: String?

    var exit: CommandExit? { status.map(CommandExit.status) ?? signal.map(CommandExit.signal) }

    func transition(failure: RunFailure?) -> Transition {
        if isCanceled == true { return .canceled }
        if status == 0 { return .complete }
        let reason =
            message ?? signal.map { "The script was ended by signal \($0)." }
            ?? "The script ended with exit status \(status ?? 1)."
        return .fail(failure ?? RunFailure(code: "UserError", message: reason))
    }
}
