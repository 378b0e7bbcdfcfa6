package import RunModel
package import RunServices

extension MemoryService {
    @discardableResult
    package func createRuns(_ drafts: [RunDraft]) async throws(RunServiceError) -> [Run] {
        try requireWriting()
        let now = clock()
        return try backend.access { content throws(RunServiceError) in
            var created: [Run] = []
            for draft in drafts { created.append(try content.create(draft, at: now)) }
            return created
        }
    }

    @discardableResult
    package func edit(_ id: RunID, _ edit: RunEdit) async throws(RunServiceError) -> Run {
        try require(edit)
        let now = clock()
        return try backend.access { content throws(RunServiceError) in
            let before = try content.entry(id).run
            var run = before
            if let transition = edit.transition {
                try run.apply(transition, onBehalfOf: edit.origin, times: (edit.startedAt, edit.endedAt), at: now)
            }
            try run.annotate(edit)
            for entry in edit.metrics { try content.append(entry, to: &run, at: now) }
            content.change(id) { $0 = run }
            return run
        }
    }

    @discardableResult
    package func cancel(_ id: RunID, includingDescendants: Bool) async throws(RunServiceError) -> [Run] {
        try requireWriting()
        let now = clock()
        return try backend.access { content throws(RunServiceError) in
            let target = try content.entry(id).run
            let below = includingDescendants ? content.descendants(of: id, recursive: true).reversed() : []
            var changed: [RunID] = []
            for candidate in below + [id] {
                guard let entry = content.entries[candidate], !entry.run.status.isTerminal else { continue }
                if entry.isAttached, entry.supervisor?.isLive(at: now) == true {
                    if entry.run.status == .cancelRequested { continue }
                    content.change(candidate) { $0.status = .cancelRequested }
                } else {
                    content.entries[candidate]?.isAttached = false
                    content.change(candidate) {
                        $0.status = .canceled
                        $0.endedAt = now
                    }
                }
                changed.append(candidate)
            }
            if changed.isEmpty && target.status.isTerminal {
                throw RunServiceError(.conflict, "The run is \(target.status.word), so it cannot be canceled.")
            }
            return changed.compactMap { content.entries[$0]?.run }
        }
    }
}

extension MemoryBackend.Content {
    fileprivate mutating func create(_ draft: RunDraft, at now: Timestamp) throws(RunServiceError) -> Run {
        let id = draft.id ?? RunID(RandomText.identifier())
        try MemoryName.check(id.text, "run id")
        if let existing = entries[id] { return existing.run }
        let name = draft.name ?? RandomText.runName()
        try MemoryName.check(name, "run name")
        try MemoryName.check(draft.experimentName, "experiment name")
        let root = try draft.parentID.map { parent throws(RunServiceError) in try entry(parent).run.rootID }
        let experiment =
            experiments.values.first { $0.name == draft.experimentName }
            ?? Experiment(id: ExperimentID(RandomText.identifier()), name: draft.experimentName, createdAt: now)
        var run = Run(
            id: id, experimentID: experiment.id, experimentName: experiment.name, name: name,
            number: entries.values.count { $0.run.experimentID == experiment.id } + 1, status: .notStarted,
            parentID: draft.parentID, rootID: root, createdAt: now, user: draft.user, tags: draft.tags)
        try run.annotate(RunEdit(properties: draft.properties, params: draft.params))
        for tag in draft.tags.keys { try MemoryName.check(tag, "tag key") }
        experiments[experiment.id] = experiment
        experiments[experiment.id]?.counts.add(1, of: run.status)
        revision += 1
        experimentRevisions[experiment.id] = revision
        entries[id] = MemoryBackend.Entry(run: run, revision: revision, ordinal: revision, source: draft.source)
        return run
    }

    fileprivate mutating func append(
        _ entry: MetricEntry, to run: inout Run, at now: Timestamp
    ) throws(RunServiceError) {
        try MemoryName.check(entry.key, "metric key")
        let points = entries[run.id]?.points[entry.key] ?? []
        let latest = run.metrics.value(forKey: entry.key)
        let step = entry.step ?? latest.map { $0.step == .max ? .max : $0.step + 1 } ?? 0
        let point = MetricPoint(step: step, timestamp: entry.timestamp ?? now, value: entry.value)
        entries[run.id]?.points[entry.key] = points + [point]
        if latest.map({ ($0.step, $0.timestamp) <= (point.step, point.timestamp) }) ?? true {
            run.metrics.set(point, forKey: entry.key)
        }
    }
}

extension Run {
    fileprivate mutating func apply(
        _ transition: Transition, onBehalfOf origin: TransitionOrigin, times: (start: Timestamp?, end: Timestamp?),
        at now: Timestamp
    ) throws(RunServiceError) {
        let before = status
        switch TransitionRule(transition, from: before, onBehalfOf: origin) {
        case .applies:
            status = transition.status
            failure = nil
            if case .fail(let given) = transition, given != RunFailure() { failure = given }
        case .startsUnderCancel where origin != .person: break
        case .startsUnderCancel, .cannotApply:
            if origin != .person { return }
            throw RunServiceError(
                .conflict, "The run is \(before.word), so it cannot become \(transition.status.word).")
        }
        if origin == .client { setTimes(times, from: before, at: now) } else { setTimes(of: transition, at: now) }
    }

    private mutating func setTimes(of transition: Transition, at now: Timestamp) {
        if transition == .start { startedAt = startedAt ?? now }
        if transition.status.isTerminal { endedAt = endedAt ?? now }
    }

    private mutating func setTimes(
        _ times: (start: Timestamp?, end: Timestamp?), from before: RunStatus, at now: Timestamp
    ) {
        let isOver = status.isTerminal
        startedAt = times.start ?? startedAt ?? (status == .running || isOver ? now : nil)
        endedAt = isOver ? times.end ?? (before == status ? endedAt : now) : nil
    }

    fileprivate mutating func annotate(_ edit: RunEdit) throws(RunServiceError) {
        if let name = edit.name {
            try MemoryName.check(name, "run name")
            self.name = name
        }
        for tag in edit.tags {
            switch tag {
            case .set(let key, let value):
                try MemoryName.check(key, "tag key")
                tags.set(value, forKey: key)
            case .delete(let key): tags.removeValue(forKey: key)
            }
        }
        try Self.add(edit.properties, to: &properties, "property")
        try Self.add(edit.params, to: &params, "parameter")
    }

    private static func add(
        _ new: KeyedValues<String>, to values: inout KeyedValues<String>, _ noun: String
    ) throws(RunServiceError) {
        for entry in new.entries {
            try MemoryName.check(entry.key, noun + " key")
            if let existing = values.value(forKey: entry.key), existing != entry.value {
                throw RunServiceError(
                    .immutable, "The \(noun) `\(entry.key)` is `\(existing)` and cannot become `\(entry.value)`.")
            }
            values.set(entry.value, forKey: entry.key)
        }
    }
}

/// What may be a key or a name.
private enum MemoryName {
    static func check(_ text: String, _ kind: String) throws(RunServiceError) {
        let hasControl = text.unicodeScalars.contains { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) }
        if text.isEmpty || hasControl || text.count > 250 {
            throw RunServiceError(.invalid, "`\(Shown.text(text))` cannot be a \(kind).")
        }
    }
}
