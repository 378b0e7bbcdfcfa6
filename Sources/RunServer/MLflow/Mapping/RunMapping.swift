import MLflowMeaning
import MLflowWire
import RunModel
import RunServices

/// A run as MLflow's clients read it.
enum RunMapping {
    static func wire(_ hosted: HostedRun) -> WireRun {
        WireRun(
            info: info(hosted),
            data: WireRunData(
                metrics: metrics(hosted.run),
                params: hosted.run.params.entries.map { WireEntry(key: $0.key, value: $0.value) },
                tags: tags(hosted.run)),
            inputs: inputs(hosted),
            outputs: WireRunOutputs(
                model_outputs: hosted.modelOutputs.map { WireModelReference(model_id: $0.modelID, step: $0.step) }))
    }

    static func info(_ hosted: HostedRun) -> WireRunInfo {
        let run = hosted.run
        return WireRunInfo(
            runID: run.id.text, experimentID: run.experimentID.text, name: run.name, user: run.user,
            status: MLflowMapping.word(for: run.status),
            startTime: (run.startedAt ?? run.createdAt).milliseconds,
            endTime: run.endedAt.flatMap { $0.milliseconds == 0 ? nil : $0.milliseconds },
            artifactURI: ArtifactAddress.run(hosted), lifecycleStage: hosted.stage.rawValue)
    }

    private static func inputs(_ hosted: HostedRun) -> WireRunInputs {
        WireRunInputs(
            dataset_inputs: hosted.datasets.map { input in
                WireDatasetInput(
                    tags: input.tags.entries.map { WireEntry(key: $0.key, value: $0.value ?? "") },
                    dataset: WireDataset(
                        name: input.dataset.name, digest: input.dataset.digest, source_type: input.dataset.sourceType,
                        source: input.dataset.source, schema: input.dataset.schema, profile: input.dataset.profile))
            }, model_inputs: hosted.modelInputs.map { WireModelReference(model_id: $0.modelID) })
    }

    /// Texts are left out: MLflow's metrics are numbers.
    private static func metrics(_ run: Run) -> [WireMetric] {
        run.metrics.entries.compactMap { entry in
            guard case .number(let number) = entry.value.value else { return nil }
            return WireMetric(
                key: entry.key, value: number, timestamp: entry.value.timestamp.milliseconds, step: entry.value.step)
        }
    }

    /// All tags, and what MLflow keeps in tags of its own: the name, the parent, and our properties.
    private static func tags(_ run: Run) -> [WireEntry] {
        var tags = run.tags.entries.map { WireEntry(key: $0.key, value: $0.value ?? "") }
        tags += run.machineTags.entries.map { WireEntry(key: $0.key, value: $0.value ?? "") }
        func add(_ key: String, _ value: String?) {
            guard let value, !value.isEmpty, !run.machineTags.contains(key) else { return }
            tags.append(WireEntry(key: key, value: value))
        }
        add(MLflowTag.runName, run.name)
        add(MLflowTag.parent, run.parentID?.text)
        for property in run.properties.entries { add(MLflowTag.propertyPrefix + property.key, property.value) }
        add(MLflowTag.failureCode, run.failure?.code)
        add(MLflowTag.failureMessage, run.failure?.message)
        return tags
    }
}
