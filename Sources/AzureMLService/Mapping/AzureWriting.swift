import AzureMLMeaning
import AzureMLWire
import MLflowMeaning
import RunModel
import RunServices

/// All that one `RunEdit` writes to a run, checked as a whole before any of it is sent: run history has no transactions
/// over properties, tags, metrics and events.
struct AzureWriting {
    /// Name, description, tags, properties, and for foreign clients status and times; nil for none of them.
    var patch: CreateRunDto?
    var deletedTags: [String] = []
    var metrics: [MetricV2Dto] = []
    var events: [RunEventDto] = []
    /// Times that a foreign client knows; after its status, with which the service sets times of its own.
    var times: CreateRunDto?

    var isEmpty: Bool { patch == nil && deletedTags.isEmpty && metrics.isEmpty && events.isEmpty }

    init() {}

    /// Throws `conflict`, `immutable` and `invalid` as the contract says.
    /// - Parameter latest: the newest points of the run, where steps are to be counted on.
    init(
        _ edit: RunEdit, of record: AzureRecord, latest: LatestMetrics, at now: Timestamp
    ) throws(RunServiceError) {
        if let transition = edit.transition { try move(transition, edit, record, now) }
        try annotate(edit, record)
        try add(edit.properties, to: record, prefix: "", noun: "property")
        try add(edit.params, to: record, prefix: AzureRecord.paramPrefix, noun: "parameter")
        metrics = try AzurePoints.metrics(edit.metrics, after: latest, at: now)
    }

    mutating func change(_ change: (inout CreateRunDto) -> Void) {
        var dto = patch ?? CreateRunDto()
        change(&dto)
        patch = dto
    }

    /// Events for the run's own machinery and for people; a foreign client sets what it likes.
    private mutating func move(
        _ transition: Transition, _ edit: RunEdit, _ record: AzureRecord, _ now: Timestamp
    ) throws(RunServiceError) {
        if edit.origin == .client {
            if case .fail(let failure) = transition { tell(failure, of: record, now) }
            change { $0.status = transition.status.word }
            if edit.startedAt != nil || edit.endedAt != nil {
                var dto = CreateRunDto()
                dto.startTimeUtc = edit.startedAt.map(AzureMoment.time)
                dto.endTimeUtc = edit.endedAt.map(AzureMoment.time)
                times = dto
            }
            return
        }
        let status = record.status(at: now)
        switch TransitionRule(transition, from: status, onBehalfOf: edit.origin) {
        case .applies:
            apply(transition, to: record, now)
            if edit.origin == .person && transition.status.isTerminal { letGo(record) }
        case .startsUnderCancel where edit.origin == .lifecycle:
            // An event would take the order to cancel back.
            if record.dto.startTimeUtc == nil { change { $0.startTimeUtc = AzureMoment.time(now) } }
        case .startsUnderCancel, .cannotApply:
            if edit.origin == .person {
                throw RunServiceError(
                    .conflict, "The run is \(Shown.text(status.word)), so it cannot become \(transition.status.word).")
            }
        }
    }

    /// The events that move a run along.
    mutating func apply(_ transition: Transition, to record: AzureRecord, _ now: Timestamp) {
        switch transition {
        case .queue: events.append(.of(record.id, "Queued", at: now))
        case .start: events.append(.of(record.id, "Start", at: now) { $0.startTime = AzureMoment.time(now) })
        case .complete: events.append(.of(record.id, "Completed", at: now) { $0.endTime = AzureMoment.time(now) })
        case .fail(let failure):
            tell(failure, of: record, now)
            events.append(.of(record.id, "Failed", at: now) { $0.endTime = AzureMoment.time(now) })
        case .canceled: events.append(.of(record.id, "Canceled", at: now) { $0.endTime = AzureMoment.time(now) })
        }
    }

    private mutating func tell(_ failure: RunFailure, of record: AzureRecord, _ now: Timestamp) {
        guard failure.code != nil || failure.message != nil else { return }
        events.append(
            .of(record.id, "Error", at: now) {
                $0.errorResponse = ErrorResponse(RootError(code: failure.code, message: failure.message))
            })
    }

    /// What a person decided is not for a supervisor to change.
    mutating func letGo(_ record: AzureRecord) {
        guard let supervision = record.supervision, supervision.isAttached else { return }
        let exit = MLflowSupervision.encode(supervision.state.exit)
        setTag(MLflowTag.exit, exit)
    }

    mutating func setTag(_ key: String, _ value: String?) {
        change { dto in
            var tags = dto.tags ?? [:]
            tags.updateValue(value.map(AzureText.init), forKey: key)
            dto.tags = tags
        }
    }

    private mutating func annotate(_ edit: RunEdit, _ record: AzureRecord) throws(RunServiceError) {
        if let name = edit.name {
            try MLflowName.checkName(name, "run name")
            if record.dto.displayName?.isExactly(name) != true { change { $0.displayName = name } }
        }
        var final: [(key: String, edit: TagEdit)] = []
        for edit in edit.tags {
            if case .set = edit { try MLflowName.checkName(edit.key, "tag key") }
            if MLflowTag.isOurs(edit.key) {
                throw RunServiceError(
                    .invalid, "The tag `\(Shown.text(edit.key))` is kept by runwatch; use another name.")
            }
            final.removeAll { $0.key.isExactly(edit.key) }
            final.append((edit.key, edit))
        }
        for (key, edit) in final {
            switch edit {
            case .set(_, let value) where key == RunEdit.descriptionTag: change { $0.description = value ?? "" }
            case .delete where key == RunEdit.descriptionTag:
                if record.dto.description?.isEmpty == false { change { $0.description = "" } }
            case .set(_, let value):
                if let known = record.dto.tags[key], known?.text == value { continue }
                setTag(key, value)
            case .delete: if record.dto.tags.keys.contains(key) { deletedTags.append(key) }
            }
        }
    }

    private mutating func add(
        _ properties: Properties, to record: AzureRecord, prefix: String, noun: String
    ) throws(RunServiceError) {
        for entry in properties.entries {
            try MLflowName.checkName(entry.key, "\(noun) key")
            let key = prefix + entry.key
            if let known = record.dto.properties[key]?.text {
                if known.isExactly(entry.value) { continue }
                throw Self.immutable(noun, entry.key, known, entry.value)
            }
            change { $0.properties = ($0.properties ?? [:]).merging([key: AzureText(entry.value)]) { $1 } }
        }
    }

    /// The property of what was sent that the run has another value for.
    static func conflict(_ sent: [String: AzureText], with dto: RunDto) -> RunServiceError? {
        for (key, value) in sent.sorted(by: { $0.key < $1.key }) {
            guard let known = dto.properties[key], !known.text.isExactly(value.text) else { continue }
            let isParam = key.hasPrefix(AzureRecord.paramPrefix)
            return immutable(
                isParam ? "parameter" : "property",
                isParam ? String(key.dropFirst(AzureRecord.paramPrefix.count)) : key, known.text, value.text)
        }
        return nil
    }

    private static func immutable(
        _ noun: String, _ key: String, _ known: String, _ value: String
    ) -> RunServiceError {
        RunServiceError(
            .immutable,
            "The \(noun) `\(Shown.text(key))` is `\(Shown.text(known))` and cannot become `\(Shown.text(value))`; "
                + "nothing was changed.")
    }
}

extension RunEventDto {
    /// An event of a run.
    static func of(
        _ id: RunID, _ kind: String, at now: Timestamp, _ fill: (inout Content) -> Void = { _ in }
    ) -> RunEventDto {
        var content = Content()
        content.runID = id.text
        fill(&content)
        return RunEventDto(
            timestamp: AzureMoment.time(now), name: "Microsoft.MachineLearning.Run.\(kind)", data: content)
    }
}
