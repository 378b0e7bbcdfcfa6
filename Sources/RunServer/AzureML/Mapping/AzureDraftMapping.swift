import AzureMLMeaning
import AzureMLWire
import RunModel
import RunServices

/// What a client's message makes or changes of a run: there is one message for both.
enum AzureDraftMapping {
    static func draft(
        _ dto: CreateRunDto, id: RunID, in experiment: ExperimentReference, user: String
    ) -> HostedRunDraft {
        var name = ""
        var experimentID: ExperimentID?
        switch experiment {
        case .name(let given): name = given
        case .id(let id): experimentID = id
        }
        var tags = AzureTagMapping.tags(dto.tags)
        if let description = dto.description { tags.set(description, forKey: RunEdit.descriptionTag) }
        let run = RunDraft(
            id: id, experimentName: name, name: displayName(of: dto, id: id), parentID: dto.parentRunId.map(RunID.init),
            user: user, tags: tags, properties: AzureTagMapping.properties(dto.properties))
        return HostedRunDraft(
            run, experimentID: experimentID, status: dto.status.map(RunStatus.init(word:)),
            startedAt: dto.startTimeUtc.map(AzureMoment.timestamp), endedAt: dto.endTimeUtc.map(AzureMoment.timestamp),
            document: document(dto), existing: .changes)
    }

    /// What people read. The client makes up `run_ID` and `PARENT>CHILD` when it was told no name or only the child's; the
    /// service has better names to make up, as Azure does.
    static func displayName(of dto: CreateRunDto, id: RunID) -> String? {
        if let name = dto.displayName, !name.isEmpty { return name }
        guard let name = dto.name, name != "run_\(id.text)", name != id.text else { return nil }
        guard let mark = name.lastIndex(of: ">") else { return name.isEmpty ? nil : name }
        let own = name[name.index(after: mark)...]
        return own.isEmpty ? nil : String(own)
    }

    private static func document(_ dto: CreateRunDto) -> RunDocument {
        var document = RunDocument(
            runType: dto.runType, orchestrator: dto.runTypeV2?.orchestrator, traits: dto.runTypeV2?.traits ?? [],
            target: dto.target, scriptName: dto.scriptName, isHidden: dto.hidden, sendsHeartbeats: dto.heartbeatEnabled)
        let kept: [(AzureRunMapping.Kept, AzureJSON?)] = [
            (.name, dto.name.map(AzureJSON.text)), (.runDefinition, dto.runDefinition),
            (.inputDatasets, dto.inputDatasets), (.outputDatasets, dto.outputDatasets),
            (.createdFrom, dto.createdFrom), (.primaryMetricName, dto.primaryMetricName.map(AzureJSON.text)),
            (.cancelUri, dto.cancelUri.map(AzureJSON.text)),
        ]
        for (member, value) in kept {
            if let value { document.others[member.rawValue] = AzureCoding.text(value) }
        }
        return document
    }
}
