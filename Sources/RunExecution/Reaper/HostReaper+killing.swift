package import RunModel
package import RunServices

extension HostReaper {
    /// Kills the command of a run that no supervisor is left to obey for, where a record of this host proves that it is
    /// this run's; a supervisor elsewhere or here is given the order.
    ///
    /// Throws what the service throws.
    package func kill(_ id: RunID) async throws(RunServiceError) -> [Run] {
        var killed: [OwnershipRecord] = []
        if service.capabilities.changeStatus == .available {
            for record in records.all(of: service.address) where record.run == id && record.isOrphaned {
                guard record.isProven, let command = record.command else { continue }
                var termination = TreeTermination(CommandTree(leader: command.pid), grace: 0, records: records)
                await termination.killAll()
                killed.append(record)
            }
        }
        let changed = try await service.kill(id)
        for record in killed where record.isOver { records.remove(record.nonce) }
        for record in records.all(of: service.address) where record.run == id { record.continueSupervisor() }
        return changed
    }
}
