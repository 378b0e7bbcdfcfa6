import AzureMLMeaning
import AzureMLWire
import RunModel
import RunServices

/// A run as these clients read it.
enum AzureRunMapping {
    /// Members that this service only keeps, by the names that they have in messages.
    enum Kept: String {
        case name, runDefinition, inputDatasets, outputDatasets, createdFrom, primaryMetricName, cancelUri
    }

    static func dto(_ hosted: HostedRun) -> RunDto {
        let run = hosted.run
        let document = hosted.document
        var dto = RunDto(
            runId: run.id.text, runNumber: run.number ?? 0, rootRunId: run.rootID.text, status: run.status.word,
            dataContainerId: ArtifactContainer(run: run.id).name)
        dto.experimentId = run.experimentID.text
        dto.createdUtc = AzureMoment.time(run.createdAt)
        dto.parentRunId = run.parentID?.text
        dto.startTimeUtc = run.startedAt.map(AzureMoment.time)
        dto.endTimeUtc = run.endedAt.map(AzureMoment.time)
        dto.userId = document.creator?.objectID ?? run.user
        dto.createdBy = UserDto(
            userObjectId: document.creator?.objectID ?? run.user, userTenantId: document.creator?.tenantID,
            userName: document.creator?.name ?? run.user)
        dto.error = error(of: hosted)
        dto.warnings = document.warnings.map { RunWarningDto(source: $0.source, message: $0.message) }
        dto.heartbeatEnabled = document.sendsHeartbeats ?? false
        dto.hidden = document.isHidden ?? false
        dto.displayName = run.name
        dto.name = kept(.name, of: document)?.text ?? run.name
        dto.runType = document.runType
        if document.orchestrator != nil || !document.traits.isEmpty {
            dto.runTypeV2 = RunTypeV2(orchestrator: document.orchestrator, traits: document.traits)
        }
        dto.scriptName = document.scriptName
        dto.target = document.target
        setEntries(of: run, in: &dto)
        dto.runDefinition = kept(.runDefinition, of: document)
        dto.inputDatasets = kept(.inputDatasets, of: document)
        dto.outputDatasets = kept(.outputDatasets, of: document)
        dto.createdFrom = kept(.createdFrom, of: document)
        dto.primaryMetricName = kept(.primaryMetricName, of: document)?.text
        dto.cancelUri = kept(.cancelUri, of: document)?.text
        return dto
    }

    /// Tags without the description; properties, with MLflow's parameters among them, which never change either.
    private static func setEntries(of run: Run, in dto: inout RunDto) {
        var tags = run.tags
        dto.description = tags.value(forKey: RunEdit.descriptionTag) ?? nil
        tags.removeValue(forKey: RunEdit.descriptionTag)
        dto.tags = AzureTagMapping.dto(run.machineTags).merging(AzureTagMapping.dto(tags)) { $1 }
        for entry in run.params.entries { dto.properties[entry.key] = AzureText(entry.value) }
        for entry in run.properties.entries { dto.properties[entry.key] = AzureText(entry.value) }
    }

    /// What the client said of an error, or what else is known of why the run failed.
    private static func error(of hosted: HostedRun) -> ErrorResponse? {
        if let text = hosted.document.error,
            let error = try? AzureCoding.decoded(ErrorResponse.self, from: Array(text.utf8))
        {
            return error
        }
        return hosted.run.failure.map { ErrorResponse(RootError(code: $0.code ?? "UserError", message: $0.message)) }
    }

    private static func kept(_ member: Kept, of document: RunDocument) -> AzureJSON? {
        document.others[member.rawValue].flatMap { try? AzureCoding.decoded(AzureJSON.self, from: Array($0.utf8)) }
    }
}
