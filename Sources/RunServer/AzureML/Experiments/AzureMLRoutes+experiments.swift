import AzureMLWire
import HTTPTypes
import Hummingbird
import RunModel
import RunServices

extension AzureMLRoutes {
    /// Experiments by name and by id.
    func addExperiments(to history: RouterGroup<ServerContext>) {
        history.add(.get, "experiments/:experiment") { call in try await answer(to: call) }
        history.add(.post, "experiments/:experiment") { call in
            AzureCoding.answer(AzureExperimentMapping.dto(try await made(call["experiment"])))
        }
        history.add(.get, "experimentids/:experimentID") { call in try await answer(to: call) }
        history.add(.patch, "experimentids/:experimentID") { call in
            let change = try AzureExperimentMapping.edit(await call.body(ModifyExperimentDto.self))
            return AzureCoding.answer(
                AzureExperimentMapping.dto(try await service.edit(.id(ExperimentID(call["experimentID"])), change)))
        }
        history.add(.delete, "experimentids/:experimentID") { call in
            try await service.edit(.id(ExperimentID(call["experimentID"])), ExperimentEdit(stage: .deleted))
            return Response(status: .ok)
        }
        history.add(.post, "experimentids/:experimentID/tags:delete") { call in
            let tags = try await call.body(DeleteTagsCommand.self).tags
            try await service.edit(
                .id(ExperimentID(call["experimentID"])), ExperimentEdit(tags: tags.map { .delete(key: $0) }))
            return AzureCoding.answer(["errors": [String: ErrorResponse]()])
        }
        history.add(.post, "experiments:query") { call in
            let search = try AzureExperimentMapping.search(try await call.body(QueryParamsDto.self))
            let page = try await service.experiments(search)
            return AzureCoding.answer(
                PaginatedDto(
                    value: page.items.map(AzureExperimentMapping.dto),
                    continuationToken: page.next.map(AzurePageToken.text)))
        }
    }

    private func answer(to call: AzureCall) async throws -> Response {
        guard let reference = call.experiment else { throw ServerFault.unknownEndpoint }
        return AzureCoding.answer(AzureExperimentMapping.dto(try await service.experiment(reference)))
    }

    /// The experiment of that name, made where there is none.
    private func made(_ name: String) async throws(RunServiceError) -> HostedExperiment {
        do throws(RunServiceError) {
            return try await service.createExperiment(ExperimentDraft(name: name))
        } catch  where error.code == .conflict {
            return try await service.experiment(.name(name))
        }
    }
}
