import AzureMLWire
import HTTPTransport
import RunModel
import RunServices

extension AzureMLAPI {
    /// Creates a run, or changes it: there is one request for both.
    func put(_ run: CreateRunDto, in experiment: String) async throws(RunServiceError) -> RunDto {
        let id = HTTPTransport.escaped(run.runId ?? "")
        return try await send(
            .patch, .history, "/experiments/\(HTTPTransport.escaped(experiment))/runs/\(id)", run)
    }

    /// Creates runs, all or none; they are answered by their ids.
    func put(_ runs: [CreateRunDto], in experiment: String) async throws(RunServiceError) -> [String: RunDto] {
        let answer: BatchAddOrModifyRunResultDto = try await send(
            .patch, .history, "/experiments/\(HTTPTransport.escaped(experiment))/batch/runs",
            BatchAddOrModifyRunRequestDto(runs: runs), deadline: HTTPCall.listDeadline)
        if let refused = answer.errors.min(by: { $0.key < $1.key }) {
            throw RunServiceError(
                .invalid, "The workspace did not take the run \(Shown.text(refused.key)).",
                underlying: refused.value.error.message.map(Shown.text))
        }
        return answer.runs
    }

    func createExperiment(named name: String) async throws(RunServiceError) -> ExperimentDto {
        let call = AzureMLCall(.history, .post, "/experiments/\(HTTPTransport.escaped(name))")
        return try decoded(try await connection.send(call))
    }

    /// Changes what a run has.
    func change(_ id: RunID, _ change: CreateRunDto) async throws(RunServiceError) -> RunDto {
        var change = change
        change.runId = id.text
        return try await send(.patch, .history, Self.path(of: id), change)
    }

    func deleteTags(_ keys: [String], of id: RunID) async throws(RunServiceError) -> RunDto {
        try await send(.delete, .history, Self.path(of: id) + "/tags", keys)
    }

    /// Throws `conflict` where the platform itself owns the status of the run.
    func post(_ event: RunEventDto, to id: RunID) async throws(RunServiceError) {
        do throws(RunServiceError) {
            try await tell(.post, .history, Self.path(of: id) + "/events", event)
        } catch {
            throw Self.isSystemManaged(error) ? Self.systemManaged(error) : error
        }
    }

    /// Asks the platform to cancel a run that it runs.
    func cancel(_ run: RunDto, in experiment: String) async throws(RunServiceError) {
        var call = AzureMLCall(
            .history, .post,
            "/experiments/\(HTTPTransport.escaped(experiment))\(Self.path(of: RunID(run.runId)))/cancel")
        call.query = [("CancelationReason", "Canceled with runwatch")]
        _ = try await connection.send(call)
    }

    /// Posts to the address at which a run says that it is cancelled; false where that is on a host that is not the
    /// workspace's, which must not be sent a token.
    func cancel(at address: String) async throws(RunServiceError) -> Bool {
        try await connection.post(to: address)
    }

    private static func isSystemManaged(_ error: RunServiceError) -> Bool {
        guard [.invalid, .conflict, .forbidden, .unexpectedResponse, .unsupported].contains(error.code) else {
            return false
        }
        let words = (error.underlying ?? "").lowercased()
        return words.contains("system managed") || words.contains("system-managed") || words.contains("systemmanaged")
    }

    private static func systemManaged(_ error: RunServiceError) -> RunServiceError {
        RunServiceError(
            .conflict,
            "Azure ML itself manages the status of this run and takes none from others; cancel it, or mark it with a tag.",
            underlying: error.underlying)
    }
}
