import Glibc
import LocalStore
import ProcessTable
import RunExecution
import RunModel
import RunServices

/// Tells which servers run on a store, and ends those that are proven to be this user's.
struct ServerControl {
    let directory: String
    /// What servers of this user note of themselves, outside of any store.
    private let records: OwnershipRecords

    init(directory: String) {
        self.directory = directory
        records = .servers
    }

    /// Says that this process serves for as long as `serve` takes; it is told how to do that once the address is known.
    func announcing(
        on service: any HostedRunService, _ serve: (@escaping @Sendable (String) async -> Void) async throws -> Void
    ) async throws {
        guard let stamp = ProcessTable.current() else { return try await serve { _ in } }
        let note = records.begin(run: RunID("serve"), service: directory, supervisor: stamp)
        defer { note?.remove() }
        let announced = Announced()
        do {
            try await serve { address in
                let process = ServingProcess(
                    host: ProcessTable.hostName, process: stamp, address: address, startedAt: LocalStore.systemClock())
                await announced.set(process)
                // A store that cannot be written serves all the same, unannounced.
                try? await service.announce(process)
            }
        } catch {
            if let process = await announced.process { try? await service.withdraw(process) }
            throw error
        }
        if let process = await announced.process { try? await service.withdraw(process) }
    }

    /// Prints one line for each server; ends with status 1 when there is none.
    func tell() async throws {
        let found = try await servers()
        if found.isEmpty {
            Console.warn("No server runs on \(Shown.path(directory)).")
            Glibc.exit(EXIT_FAILURE)
        }
        for server in found {
            Console.say("\(Shown.text(server.address)) pid \(server.process.pid) on \(Shown.text(server.host))")
        }
    }

    /// Ends the servers of this user on this host and waits until they are gone.
    func stop() async throws {
        let proven = records.all().filter { $0.service == directory && $0.supervisor.isServing }
        if proven.isEmpty {
            Console.warn("No server of yours runs on \(Shown.path(directory)) on this machine.")
            Glibc.exit(EXIT_FAILURE)
        }
        for record in proven { kill(record.supervisor.pid, SIGTERM) }
        let deadline = ContinuousClock.now + .seconds(15)
        while proven.contains(where: { $0.supervisor.isServing }) {
            if ContinuousClock.now > deadline {
                throw RunServiceError(
                    .timedOut, "A server has not ended yet; it may be answering a long request. Try again in a while.")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        Console.say(proven.count == 1 ? "The server has ended." : "\(proven.count) servers have ended.")
    }

    private func servers() async throws -> [ServingProcess] {
        guard access(directory + "/runs.db", F_OK) == 0 else { return [] }
        return try await LocalStore.open(at: directory, access: .readOnly).servers()
    }

    /// The process as it was announced, once it was.
    private actor Announced {
        private(set) var process: ServingProcess?
        func set(_ process: ServingProcess) { self.process = process }
    }
}

extension ProcessStamp {
    /// Whether exactly this process still runs; a signal to 1 would reach no server of ours.
    fileprivate var isServing: Bool {
        pid > 1 && ProcessTable.isAlive(pid: pid, startTicks: startTicks, bootID: bootID) == true
    }
}
