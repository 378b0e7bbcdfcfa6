import AzureMLWire
import Hummingbird
import RunModel
import RunServices

extension AzureMLRoutes {
    /// Scripts that clients start on their own machine with a launcher of ours, and what that launcher tells of them.
    func addExecution(to router: Router<ServerContext>, _ scope: String) {
        let execution = router.group("execution/v1.0/\(scope)/experiments/:experiment")
        execution.add(.post, "localrun") { call in try await launch(call) }
        execution.add(.post, "snapshotrun") { _ in
            throw RunServiceError(
                .unsupported,
                "This server starts nothing itself; set the run configuration's target to \"local\", which starts the "
                    + "script on this machine.")
        }
        addSupervision(to: router.group("azureml/v1.0/\(scope)/runs/:run"))
    }

    private func launch(_ call: AzureCall) async throws -> Response {
        guard let id = call.query("runId"), !id.isEmpty else {
            throw RunServiceError(.invalid, "The request names no run; send its id as runId.")
        }
        let body = Array(try await call.request.wholeBody().readableBytesView)
        guard
            let file = MultipartForm.parts(of: body, contentType: call.request.headers[.contentType] ?? "")
                .first(where: { $0.fileName == "definition.json" })
        else {
            throw RunServiceError(.invalid, "The request has no definition.json; send how the script is started.")
        }
        let definition = try AzureCoding.decoded(LocalRunDefinition.self, from: file.content)
        let plan = try LaunchPlan(definition)
        var dto = CreateRunDto(runId: id)
        dto.parentRunId = definition.parentRunID
        dto.runType = "azureml.scriptrun"
        dto.runTypeV2 = RunTypeV2(orchestrator: "Execution", traits: ["local"])
        dto.target = "local"
        dto.scriptName = definition.script
        dto.runDefinition = definition.configuration
        dto.status = "Preparing"
        let run = try await service.createHosted(
            AzureDraftMapping.draft(dto, id: RunID(id), in: .name(call["experiment"]), user: call.user))
        let launcher = Launcher(
            server: try address(for: call), scope: call.scope, run: run.run, plan: plan,
            workspaceID: Self.workspaceID(of: call.scope, at: try address(for: call)))
        return Response(
            status: .ok, headers: [.contentType: "application/zip"],
            body: .init(byteBuffer: ByteBuffer(bytes: ZipArchive.bytes(of: launcher.files))))
    }
}
