import AzureMLWire
import MLflowMeaning
import RemotePolling
package import RunModel
package import RunServices
import Synchronization

extension AzureMLWorkspace {
    /// Name, description, tags and properties are one request; metrics and a change of status are others, and a failure in
    /// between leaves the earlier ones in force.
    @discardableResult
    package func edit(_ id: RunID, _ edit: RunEdit) async throws(RunServiceError) -> Run {
        try require(edit)
        let (record, run) = try await record(of: id)
        let countsSteps = edit.metrics.contains { $0.step == nil }
        let latest = countsSteps ? try await latestMetrics(of: id) : LatestMetrics()
        let writing = try AzureWriting(edit, of: record, latest: latest, at: clock())
        return writing.isEmpty ? run : try await write(writing, to: record)
    }

    /// Children first. Runs canceled before a failure stay canceled.
    @discardableResult
    package func cancel(_ id: RunID, includingDescendants: Bool) async throws(RunServiceError) -> [Run] {
        try requireWriting()
        let (record, run) = try await record(of: id)
        let below = includingDescendants ? try await tree(below: run).reversed() : []
        var changed: [Run] = []
        for child in below where child.run.status.isActive {
            if let canceled = try await cancel(try await self.record(of: child.run.id).record) {
                changed.append(canceled)
            }
        }
        if let canceled = try await cancel(record) {
            changed.append(canceled)
        } else if changed.isEmpty, run.status.isTerminal {
            throw RunServiceError(
                .conflict, "The run is \(Shown.text(run.status.word)), so it cannot be canceled.")
        }
        return changed
    }

    /// Nil when it is over, or the order is given already.
    private func cancel(_ record: AzureRecord) async throws(RunServiceError) -> Run? {
        let now = clock()
        let status = record.status(at: now)
        if status.isTerminal || status == .cancelRequested { return nil }
        var writing = AzureWriting()
        if let supervision = record.supervision, supervision.isLive(at: now) {
            // An order to the supervisor, which ends the command and then the run.
            writing.events = [.of(record.id, "CancelRequested", at: now)]
            return try await write(writing, to: record)
        }
        writing.letGo(record)
        if try await cancelByPlatform(record) {
            let dto = try await api.run(record.id)
            let isUnderWay = RunStatus(word: dto.status) == .cancelRequested || RunStatus(word: dto.status).isTerminal
            if isUnderWay {
                return writing.isEmpty ? try await keep(dto) : try await write(writing, to: record)
            }
        }
        writing.apply(.canceled, to: record, now)
        return try await write(writing, to: record)
    }

    /// Whether the platform took the order: by its own call, else at the address that the run names.
    private func cancelByPlatform(_ record: AzureRecord) async throws(RunServiceError) -> Bool {
        do throws(RunServiceError) {
            try await api.cancel(record.dto, in: record.experimentName)
            return true
        } catch {
            // A run that the platform does not run, or a platform without the call.
            guard Self.isRefusal(error) else { throw error }
        }
        guard let address = record.dto.cancelUri, !address.isEmpty else { return false }
        do throws(RunServiceError) {
            return try await api.cancel(at: address)
        } catch {
            guard Self.isRefusal(error) else { throw error }
            return false
        }
    }

    private static func isRefusal(_ error: RunServiceError) -> Bool {
        [.invalid, .conflict, .notFound, .unsupported, .unexpectedResponse].contains(error.code)
    }

    /// Sends all of a change, the part that can be refused first, and returns the run as it is then.
    func write(_ writing: AzureWriting, to record: AzureRecord) async throws(RunServiceError) -> Run {
        let id = record.id
        var dto: RunDto?
        if let patch = writing.patch { dto = try await change(id, patch) }
        if !writing.deletedTags.isEmpty { dto = try await api.deleteTags(writing.deletedTags, of: id) }
        if !writing.metrics.isEmpty { try await api.log(writing.metrics, to: id) }
        for event in writing.events { try await api.post(event, to: id) }
        if let times = writing.times { dto = try await change(id, times) }
        if !writing.events.isEmpty || dto == nil { dto = try await api.run(id) }
        guard let dto else { throw RunServiceError(.unexpectedResponse, "The workspace answered nothing; try again.") }
        return try await keep(dto, freshMetrics: !writing.metrics.isEmpty)
    }

    /// A refusal of properties is `immutable` where the run has another value, whatever the service says.
    private func change(_ id: RunID, _ patch: CreateRunDto) async throws(RunServiceError) -> RunDto {
        do throws(RunServiceError) {
            return try await api.change(id, patch)
        } catch {
            guard let sent = patch.properties, !sent.isEmpty, error.code != .unauthorized, !error.mayPass,
                error.code != .cancelled, let now = try? await api.run(id),
                let conflict = AzureWriting.conflict(sent, with: now)
            else { throw error }
            throw conflict
        }
    }

    /// Keeps a run as it is after this program wrote to it.
    func keep(_ dto: RunDto, freshMetrics: Bool = false) async throws(RunServiceError) -> Run {
        let kept = try await records([dto], freshMetrics: freshMetrics)
        guard let (record, run) = kept.first else {
            throw RunServiceError(.notFound, "The run is hidden now.")
        }
        let now = clock()
        return replica.withLock { replica in
            guard replica.experiments[run.experimentID] != nil else { return run }
            return replica.takeWritten(RunReplica.Entry(record, at: now, metrics: run.metrics))
        }
    }
}
