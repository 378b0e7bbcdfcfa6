extension RunDto {
    /// Takes what is there and understood: a service may leave members out, add others, or change their kind, and one odd
    /// member is no reason to lose a page of runs. Throws for what has no id.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let id = try container.decode(String.self, forKey: .runId)
        self.init(
            runId: id, runNumber: container.lenient(.runNumber) ?? 0, rootRunId: container.lenient(.rootRunId) ?? "",
            status: container.lenient(.status) ?? "Unknown", dataContainerId: container.lenient(.dataContainerId) ?? "")
        experimentId = container.lenient(.experimentId)
        createdUtc = container.lenient(.createdUtc)
        userId = container.lenient(.userId)
        createdBy = container.lenient(.createdBy)
        error = container.lenient(.error)
        warnings = container.lenient(.warnings)
        parentRunId = container.lenient(.parentRunId)
        startTimeUtc = container.lenient(.startTimeUtc)
        endTimeUtc = container.lenient(.endTimeUtc)
        heartbeatEnabled = container.lenient(.heartbeatEnabled) ?? false
        name = container.lenient(.name)
        displayName = container.lenient(.displayName)
        description = container.lenient(.description)
        hidden = container.lenient(.hidden) ?? false
        runType = container.lenient(.runType)
        runTypeV2 = container.lenient(.runTypeV2)
        properties = container.lenient(.properties, as: LenientTexts.self)?.texts.compactMapValues(\.self) ?? [:]
        scriptName = container.lenient(.scriptName)
        target = container.lenient(.target)
        tags = container.lenient(.tags, as: LenientTexts.self)?.texts ?? [:]
        runDefinition = container.lenient(.runDefinition)
        primaryMetricName = container.lenient(.primaryMetricName)
        createdFrom = container.lenient(.createdFrom)
        cancelUri = container.lenient(.cancelUri)
        inputDatasets = container.lenient(.inputDatasets)
        outputDatasets = container.lenient(.outputDatasets)
        queueingInfo = container.lenient(.queueingInfo)
    }
}
