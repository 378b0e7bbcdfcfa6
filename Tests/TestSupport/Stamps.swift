import ProcessTable
package import RunServices

/// Supervisors for tests, made of processes that exist or cannot.
package enum Stamps {
    /// On another host, where nothing can be proven.
    package static let elsewhere = Supervisor(
        host: "another-host.example.org", process: ProcessStamp(pid: 4_242, startTicks: 1, bootID: "another boot"))

    /// A process of this host.
    package static func stamp(of pid: Int32) throws -> ProcessStamp {
        guard let found = ProcessTable.identity(of: pid) else {
            throw RunServiceError(.notFound, "There is no process \(pid).")
        }
        return found
    }

    /// This host, supervised by `process`.
    package static func here(_ process: ProcessStamp, command: ProcessStamp? = nil) -> Supervisor {
        Supervisor(host: ProcessTable.hostName, process: process, command: command)
    }
}
