import AzureMLMeaning
import AzureMLWire
import MLflowMeaning
package import RunModel
package import RunServices
import Synchronization

extension AzureMLWorkspace {
    /// Writes the supervisor's tags. Throws `conflict` when the run is over.
    package func attach(_ supervisor: Supervisor, to id: RunID) async throws(RunServiceError) {
        try requireWriting()
        let record = try await record(of: id).record
        let now = clock()
        let status = record.status(at: now)
        if status.isTerminal {
            throw RunServiceError(
                .conflict, "The run is \(status.word) already; create another one to start a command.")
        }
        var writing = AzureWriting()
        writing.setTag(MLflowTag.supervisor, MLflowSupervision.encode(supervisor))
        writing.setTag(MLflowTag.heartbeat, "\(now.milliseconds)")
        if record.tag(MLflowTag.exit) != nil { writing.deletedTags = [MLflowTag.exit] }
        _ = try await write(writing, to: record)
        await fetchToken(of: id)
    }

    /// Azure's client reads a token as a JSON web token. Where this program's own is another text, as on a server of ours, the
    /// service has one for each run.
    private func fetchToken(of id: RunID) async {
        if connection.lastToken.map({ $0.text.split(separator: ".").count == 3 }) ?? false { return }
        let found: TokenResult? = try? await api.get(.history, AzureMLAPI.path(of: id) + "/token")
        guard let found else { return }
        let token = AccessToken(found.token, expiresAt: AzureMoment.timestamp(found.expiryTimeUtc))
        runTokens.withLock { $0[id] = token }
    }

    /// Always reads the run; writes a tag only when the last heartbeat written is `Heartbeat.writeInterval` old.
    package func heartbeat(of id: RunID) async throws(RunServiceError) -> RunStatus {
        try requireWriting()
        let record = try await record(of: id).record
        let now = clock()
        guard let supervision = record.supervision, supervision.isAttached else { return record.status(at: now) }
        let silence = now.milliseconds(since: supervision.state.lastHeartbeat)
        // Negative when the clock was set back: then the old heartbeat would stay young for too long.
        if silence >= Heartbeat.writeInterval || silence < 0 {
            var writing = AzureWriting()
            writing.setTag(MLflowTag.heartbeat, "\(now.milliseconds)")
            if record.dto.heartbeatEnabled {
                writing.events = [.of(id, "Heartbeat", at: now) { $0.timeToLiveSeconds = 120 }]
            }
            return try await write(writing, to: record).status
        }
        return record.status(at: now)
    }

    /// The end of the run first, then that the supervisor has let go: what fails in between can be repeated.
    @discardableResult
    package func detach(
        from id: RunID, exit: CommandExit?, applying transition: Transition
    ) async throws(RunServiceError) -> Run {
        try requireWriting()
        let record = try await record(of: id).record
        let now = clock()
        var events = AzureWriting()
        // What a person decided while the supervisor was silent stands.
        let isLetGo = record.supervision.map { !$0.isAttached } ?? false
        // Judged as run history has it: what this supervisor's own heartbeat would make of it is not the end of the command.
        let status = RunStatus(word: record.dto.status)
        if !isLetGo, TransitionRule(transition, from: status, onBehalfOf: .lifecycle) == .applies {
            events.apply(transition, to: record, now)
        }
        for event in events.events { try await api.post(event, to: id) }
        var tags = AzureWriting()
        tags.setTag(MLflowTag.exit, MLflowSupervision.encode(exit))
        if record.tag(MLflowTag.supervisor) != nil { tags.setTag(MLflowTag.heartbeat, "\(now.milliseconds)") }
        return try await write(tags, to: record)
    }
}
