import AzureMLMeaning
import AzureMLWire
import RunModel
import RunServices

/// Experiments between these clients' words and ours: archived is deleted, and a description is a tag.
enum AzureExperimentMapping {
    static func dto(_ experiment: HostedExperiment) -> ExperimentDto {
        var tags = experiment.tags
        tags.removeValue(forKey: RunEdit.descriptionTag)
        return ExperimentDto(
            experimentId: experiment.id.text, name: experiment.name,
            description: experiment.tags.value(forKey: RunEdit.descriptionTag) ?? nil,
            createdUtc: AzureMoment.time(experiment.createdAt),
            archivedTime: experiment.stage == .deleted ? AzureMoment.time(experiment.updatedAt) : nil,
            tags: AzureTagMapping.dto(tags))
    }

    static func edit(_ change: ModifyExperimentDto) -> ExperimentEdit {
        var tags = AzureTagMapping.edits(change.tags)
        if let description = change.description {
            tags.append(.set(key: RunEdit.descriptionTag, value: description))
        }
        return ExperimentEdit(
            name: change.name, tags: tags, stage: change.archive.map { $0 ? .deleted : .active })
    }

    /// Throws `invalid` for a token that no page gave out, and for a filter that asks for more than a name.
    static func search(_ query: QueryParamsDto) throws(RunServiceError) -> ExperimentSearch {
        var condition: ExperimentCondition?
        if let filter = query.filter, !filter.isEmpty {
            guard let expression = try? ODataParser.parse(filter), case .comparison(let comparison) = expression,
                comparison.field == ODataField(name: "Name"), comparison.comparator == .equal,
                case .text(let name) = comparison.value
            else {
                throw RunServiceError(.invalid, "Experiments are filtered by their name only: write Name eq \"…\".")
            }
            condition = .name(.equal, [name])
        }
        let view: LifecycleView =
            switch query.viewType?.lowercased() {
            case "all": .all
            case "archivedonly": .deleted
            default: .active
            }
        return ExperimentSearch(
            matching: condition, view: view, limit: AzurePageToken.limit(query.top),
            page: try AzurePageToken.token(query.continuationToken))
    }
}
