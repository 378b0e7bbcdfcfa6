package import RunModel
package import RunServices

extension MLflowMapping {
    /// The tags of a run that is created at `now` with MLflow's status SCHEDULED and `now` as its start time.
    package static func tags(of draft: RunDraft, at now: Timestamp) -> [(key: String, value: String)] {
        var tags: [(key: String, value: String)] = [
            (MLflowTag.created, "\(now.milliseconds)"), (MLflowTag.status, RunStatus.notStarted.word),
        ]
        if let name = draft.name { tags.append((MLflowTag.runName, name)) }
        if let parent = draft.parentID { tags.append((MLflowTag.parent, parent.text)) }
        if !draft.user.isEmpty { tags.append((MLflowTag.user, draft.user)) }
        if let source = draft.source {
            tags.append((MLflowTag.sourceName, source.entryPoint))
            // MLflow's word for what was started from a command line.
            tags.append((MLflowTag.sourceType, "LOCAL"))
            tags.append((MLflowTag.sourceCommand, source.command.joined(separator: "\u{1f}")))
            tags.append((MLflowTag.sourceDirectory, source.directory))
            tags.append((MLflowTag.sourceHost, source.host))
            if let revision = source.revision {
                tags.append((MLflowTag.gitCommit, revision.commit))
                if let branch = revision.branch { tags.append((MLflowTag.gitBranch, branch)) }
                if let repository = revision.repository { tags.append((MLflowTag.gitRepository, repository)) }
            }
        }
        for tag in draft.tags.entries { tags.append((tag.key, tag.value ?? "")) }
        for property in draft.properties.entries {
            tags.append((MLflowTag.propertyPrefix + property.key, property.value))
        }
        return tags
    }

    /// What adds properties. Throws `immutable` when one has another value already (contract clause 7).
    package static func edit(
        adding properties: Properties, to record: MLflowRecord
    ) throws(RunServiceError) -> MLflowEdit {
        var edit = MLflowEdit()
        for property in properties.entries {
            try MLflowName.checkProperty(property.key)
            let key = MLflowTag.propertyPrefix + property.key
            guard let existing = record.tag(key) else {
                edit.setTags.append((key, property.value))
                continue
            }
            if !existing.utf8.elementsEqual(property.value.utf8) {
                throw immutable("property", property.key, existing, property.value)
            }
        }
        return edit
    }

    /// The parameters that are new. Throws `immutable` when one has another value already (contract clause 7).
    package static func newParams(
        _ params: Params, for record: MLflowRecord
    ) throws(RunServiceError) -> [(key: String, value: String)] {
        var new: [(key: String, value: String)] = []
        for param in params.entries {
            try MLflowName.check(param.key, "parameter key")
            guard let existing = record.params.first(where: { $0.key.isExactly(param.key) })?.value else {
                new.append((param.key, param.value))
                continue
            }
            if !existing.utf8.elementsEqual(param.value.utf8) {
                throw immutable("parameter", param.key, existing, param.value)
            }
        }
        return new
    }

    /// What a person's tag edits write, in their order; a tag that is absent already is not deleted again.
    package static func edit(
        tags edits: [TagEdit], of record: MLflowRecord
    ) throws(RunServiceError) -> MLflowEdit {
        var final: [(key: String, value: String?)] = []
        for edit in edits {
            if case .set = edit { try MLflowName.checkTag(edit.key) }
            if MLflowTag.isOurs(edit.key) {
                throw RunServiceError(
                    .invalid, "The tag `\(Shown.text(edit.key))` is kept by runwatch; use another name.")
            }
            final.removeAll { $0.key.isExactly(edit.key) }
            switch edit {
            case .set(let key, let value): final.append((key, value ?? ""))
            case .delete(let key): final.append((key, nil))
            }
        }
        var edit = MLflowEdit()
        for (key, value) in final {
            if let value, let existing = record.tag(key), existing.isExactly(value) { continue }
            edit.set(key, value, in: record)
        }
        return edit
    }

    /// What gives a run another name; every store keeps its own copy of it in step with this tag.
    package static func edit(renamingTo name: String, _ record: MLflowRecord) throws(RunServiceError) -> MLflowEdit {
        try MLflowName.checkName(name, "run name")
        var edit = MLflowEdit()
        if !record.name.isExactly(name) || record.tag(MLflowTag.runName)?.isExactly(name) != true {
            edit.set(MLflowTag.runName, name, in: record)
        }
        return edit
    }

    private static func immutable(
        _ noun: String, _ key: String, _ existing: String, _ value: String
    ) -> RunServiceError {
        RunServiceError(
            .immutable,
            "The \(noun) `\(Shown.text(key))` is `\(Shown.text(existing))` and cannot become "
                + "`\(Shown.text(value))`; nothing was changed.")
    }
}
