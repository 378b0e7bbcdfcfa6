import FileAccess
import Glibc
import MLflowArtifacts
import MLflowMeaning
import RunModel
import RunServices
import Yams

/// Writes as MLflow's own file store does, but each file by an atomic rename; metrics are appended to.
extension FileSession: RecordTransaction {
    func write(_ edit: MLflowEdit, to record: MLflowRecord) throws {
        let path = try place(of: record)
        for tag in edit.setTags {
            try FileKeys.check(tag.key)
            _ = try StoredText.tag(tag.value, of: tag.key)
        }
        // Before any step, so that a run whose file cannot be edited is refused without a trace.
        if edit.changesMeta { _ = try edited(path + "/meta.yaml", setting: []) }
        for step in edit.steps { try write(step, at: path) }
    }

    private func write(_ edit: MLflowEdit, at path: String) throws {
        for key in edit.deletedTags { try change?.remove("tags/" + key, in: path) }
        for tag in edit.setTags {
            try change?.put(Array(try StoredText.tag(tag.value, of: tag.key).utf8), at: "tags/" + tag.key, in: path)
        }
        var fields: [(key: String, value: Node)] = []
        if let status = edit.status.flatMap(MetaFile.number(ofStatus:)) {
            fields.append(("status", MetaFile.number(Int64(status))))
        }
        if let end = edit.endTime { fields.append(("end_time", MetaFile.number(end))) }
        if let name = edit.setTags.last(where: { $0.key == MLflowTag.runName })?.value {
            fields.append(("run_name", MetaFile.text(name)))
        }
        if fields.isEmpty { return }
        try change?.put(try edited(path + "/meta.yaml", setting: fields), at: "meta.yaml", in: path)
    }

    /// The file that the run was read from, with other fields; `put` refuses it when it is another one by now.
    private func edited(_ file: String, setting fields: [(key: String, value: Node)]) throws -> [UInt8] {
        let old = change?.noted(file) ?? FileAccess.contents(file, limit: MetaFile.sizeLimit)
        guard let old else { throw FilePlace.unwritable(file) }
        change?.note(old, of: file)
        if MetaFile(old)?.runID != nil, let new = MetaFile.edited(old, setting: fields) { return new }
        throw RunServiceError(
            .unexpectedResponse,
            "\(FilePlace.name(file)) is not as MLflow writes it, so nothing was changed; repair it first.")
    }

    func setDeleted(at time: Timestamp?, _ id: String) throws {
        try freshen()
        guard let path = index.path(of: id) else { throw RunServiceError.noRun(id) }
        let file = path + "/meta.yaml"
        // Noted like any reading, so that a write of MLflow's in between is not lost.
        guard let bytes = FileAccess.contents(file, limit: MetaFile.sizeLimit) else { throw FilePlace.unreadable(file) }
        change?.note(bytes, of: file)
        if MetaFile(bytes)?.isActive == (time == nil) { return }
        let deletedAt = time.map { MetaFile.number($0.milliseconds) } ?? Node("null")
        let stage = Node(time == nil ? "active" : "deleted")
        try change?.put(
            try edited(file, setting: [("deleted_time", deletedAt), ("lifecycle_stage", stage)]), at: "meta.yaml",
            in: path)
    }

    private func place(of record: MLflowRecord) throws(RunServiceError) -> String {
        if let path = index.path(of: record.id) { return path }
        throw RunServiceError(.notFound, "The run \(Shown.text(record.id)) is gone from this store.")
    }

    func experiment(named name: String, at now: Timestamp) throws -> String {
        try freshen()
        if let existing = index.experiment(named: name) { return existing }
        let deleted = try index.deletedExperiments()
        if deleted.contains(where: { $0.name == name }) {
            throw RunServiceError(
                .conflict,
                "The experiment `\(Shown.text(name))` was deleted; restore it with MLflow, or use another name.")
        }
        var id = ""
        // Eighteen digits, as MLflow's own file store draws them; taken ones are drawn again.
        repeat {
            id = String(Int64.random(in: 100_000_000_000_000_000...999_999_999_999_999_999))
        } while FileStamp(index.root + "/" + id) != nil || deleted.contains { $0.id == id }
        let path = index.root + "/" + id
        try change?.makeDirectory(path)
        let meta = try MetaFile.make([
            ("artifact_location", MetaFile.text(ArtifactURI.text(ofPath: path))),
            ("creation_time", MetaFile.number(now.milliseconds)),
            ("experiment_id", MetaFile.text(id)), ("last_update_time", MetaFile.number(now.milliseconds)),
            ("lifecycle_stage", Node("active")), ("name", MetaFile.text(name)),
        ])
        try change?.put(meta, at: "meta.yaml", in: path)
        try index.scan()
        return id
    }

    func create(_ record: MLflowRecord) throws {
        let path = index.root + "/" + record.experimentID + "/" + record.id
        for key in record.tags.map(\.key) + record.params.map(\.key) { try FileKeys.check(key) }
        try change?.makeDirectory(path)
        for folder in ["metrics", "params", "artifacts", "tags"] { try change?.makeDirectory(path + "/" + folder) }
        for tag in record.tags {
            try change?.put(Array(try StoredText.tag(tag.value, of: tag.key).utf8), at: "tags/" + tag.key, in: path)
        }
        for param in record.params {
            let value = Array(try StoredText.param(param.value, of: param.key).utf8)
            try change?.put(value, at: "params/" + param.key, in: path)
        }
        let null = Node("null")
        let location = index.artifacts(of: record.experimentID)
        let artifacts = ArtifactPlace.uri(below: location, ofRunAt: path, in: index.root)
        let meta = try MetaFile.make([
            ("artifact_uri", MetaFile.text(artifacts)), ("deleted_time", null), ("end_time", null),
            ("entry_point_name", MetaFile.text("")), ("experiment_id", MetaFile.text(record.experimentID)),
            ("lifecycle_stage", Node("active")), ("run_id", MetaFile.text(record.id)),
            ("run_name", MetaFile.text(record.name)), ("source_name", MetaFile.text("")),
            ("source_type", MetaFile.number(4)), ("source_version", MetaFile.text("")),
            ("start_time", MetaFile.number(record.startTime)),
            ("status", MetaFile.number(Int64(MetaFile.number(ofStatus: record.status) ?? 1))),
            ("tags", Node([] as [Node])), ("user_id", MetaFile.text(record.user)),
        ])
        try change?.put(meta, at: "meta.yaml", in: path)
        index.add(record.id, to: record.experimentID)
    }

    func add(_ params: [(key: String, value: String)], to record: MLflowRecord) throws {
        let path = try place(of: record)
        for param in params {
            try FileKeys.check(param.key)
            _ = try StoredText.param(param.value, of: param.key)
        }
        for param in params {
            try change?.put(Array(param.value.utf8), at: "params/" + param.key, in: path, mustBeNew: true)
        }
    }

    func append(_ points: [(key: String, point: MetricPoint)], to record: MLflowRecord) throws {
        let path = try place(of: record)
        var lines: [ExactText: String] = [:]
        for (key, point) in points { lines[ExactText(key), default: ""] += MetricFile.line(point) }
        for key in lines.keys { try FileKeys.check(key.text) }
        for (key, text) in lines.sorted(by: { $0.key < $1.key }) {
            try change?.append(text, to: "metrics/" + key.text, in: path)
        }
    }
}

extension FileSession {
    /// Runs `body` as one change, which is kept as a whole or taken back when it throws.
    ///
    /// Nil, with nothing changed, when another program wrote in between; it may be tried again a little later.
    func change<Value>(isExclusive: Bool, _ body: (FileSession) throws -> Value) throws -> Value? {
        change = FileChange(isExclusive: isExclusive)
        defer { change = nil }
        do {
            let value = try body(self)
            try change?.keep()
            return value
        } catch {
            let isInterrupted = error is ForeignWrite || change?.sawHalfFile == true
            change?.takeBack()
            index.doubt()
            if isInterrupted { return nil }
            throw error
        }
    }
}

extension MLflowEdit {
    /// Whether more than tags is written.
    fileprivate var changesMeta: Bool {
        status != nil || endTime != nil || setTags.contains { $0.key == MLflowTag.runName }
    }
}
