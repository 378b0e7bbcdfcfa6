import AzureMLMeaning
import AzureMLWire
import HTTPTypes
import Hummingbird
import RunModel
import RunServices

extension AzureMLRoutes {
    /// A run is found below its experiment, by that one's name or id, and by itself: clients mix the three.
    func addRuns(to history: RouterGroup<ServerContext>) {
        for place in ["experiments/:experiment/runs/:run", "experimentids/:experimentID/runs/:run", "runs/:run"] {
            let group = history.group("\(place)")
            group.add(.get, "") { call in AzureCoding.answer(AzureRunMapping.dto(try await run(of: call))) }
            group.add(.patch, "") { call in try await changed(call) }
            group.add(.get, "details") { call in try await details(of: call) }
            group.add(.get, "token") { call in
                let expiry = now.advanced(byMilliseconds: 30 * 86_400_000)
                let token = AzureToken.dressed(call.token ?? AzureToken.open, for: call.user, until: expiry)
                return AzureCoding.answer(TokenResult(token: token, expiryTimeUtc: AzureMoment.time(expiry)))
            }
            group.add(.delete, "tags") { call in
                let keys = try await call.body([String].self)
                return try await edited(call, RunEdit(onBehalfOf: .client, tags: keys.map { .delete(key: $0) }))
            }
            group.add(.patch, "tags") { call in
                let command = try await call.body(ModifyTagsDto.self)
                let tags =
                    AzureTagMapping.edits(command.tagsToModify)
                    + (command.tagsToDelete ?? []).map {
                        .delete(key: $0)
                    }
                return try await edited(call, RunEdit(onBehalfOf: .client, tags: tags))
            }
            // Metrics are kept before they are answered, so that there is nothing to wait for.
            group.add(.get, "metricsingest/wait") { _ in Response(status: .ok) }
            group.add(.post, "cancel") { call in
                let run = try await run(of: call)
                try await service.cancel(run.run.id, includingDescendants: false)
                return AzureCoding.answer(AzureRunMapping.dto(try await service.hostedRun(run.run.id)))
            }
        }
        history.add(.patch, "experiments/:experiment/batch/runs") { call in try await batch(call) }
    }

    /// The run that the path names. Throws `notFound` for one that was deleted, or is of another experiment.
    func run(of call: AzureCall) async throws(RunServiceError) -> HostedRun {
        let hosted = try await service.hostedRun(call.run)
        let isThere =
            switch call.experiment {
            case .name(let name): hosted.run.experimentName == name
            case .id(let id): hosted.run.experimentID == id
            case nil: true
            }
        guard isThere, hosted.stage == .active else {
            throw RunServiceError(.notFound, "There is no run \(Shown.text(call.run.text)) here; check its id.")
        }
        return hosted
    }

    private func edited(_ call: AzureCall, _ edit: RunEdit) async throws -> Response {
        let id = try await run(of: call).run.id
        try await service.record(HostedRunEdit(edit), on: id)
        return AzureCoding.answer(AzureRunMapping.dto(try await service.hostedRun(id)))
    }

    /// Makes the run, or changes it.
    private func changed(_ call: AzureCall) async throws -> Response {
        let dto = try await call.body(CreateRunDto.self)
        let experiment: ExperimentReference
        if let named = call.experiment {
            experiment = named
        } else {
            experiment = .id(try await run(of: call).run.experimentID)
        }
        let draft = AzureDraftMapping.draft(dto, id: call.run, in: experiment, user: call.user)
        return AzureCoding.answer(AzureRunMapping.dto(try await service.createHosted(draft)))
    }

    /// All of a batch, or none of it: the client makes children by it.
    private func batch(_ call: AzureCall) async throws -> Response {
        let request = try await call.body(BatchAddOrModifyRunRequestDto.self)
        var drafts: [HostedRunDraft] = []
        for dto in request.runs {
            guard let id = dto.runId, !id.isEmpty else {
                throw RunServiceError(.invalid, "A run of the batch has no runId; give each one.")
            }
            drafts.append(
                AzureDraftMapping.draft(dto, id: RunID(id), in: .name(call["experiment"]), user: call.user))
        }
        let runs = try await service.createHosted(drafts)
        let dtos = Dictionary(runs.map { ($0.run.id.text, AzureRunMapping.dto($0)) }) { $1 }
        return AzureCoding.answer(BatchAddOrModifyRunResultDto(runs: dtos))
    }
}
