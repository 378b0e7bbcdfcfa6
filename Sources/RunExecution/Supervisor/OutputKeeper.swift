import Glibc
package import RunModel
package import RunServices

/// Shows and logs what processes in the background still write after their run has ended.
package enum OutputKeeper {
    /// Returns when all writers are gone. Takes the sources over; throws when the system has nothing left to read with.
    package static func keep(
        _ sources: [OutputSource], run: RunID, in service: any SupervisedRunService
    ) async throws(RunServiceError) {
        let reader: OutputReader
        do throws(CommandStartError) {
            reader = try OutputReader(sources.map { (OwnedDescriptor($0.descriptor), $0.stream) }, mirrored: true)
        } catch {
            throw RunServiceError(.unavailable, error.sentence)
        }
        defer { reader.close() }
        let log = LogBuffer(service: service, run: run, name: LogFile.output, note: { _ in })
        let flushing = Task { await log.flush() }
        await CommandOutput(reader: reader, log: log).copyAll()
        await log.close(patience: 60_000)
        await log.giveUp()
        _ = await flushing.value
    }
}
