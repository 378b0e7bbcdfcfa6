import Glibc
import RunModel
import RunServices
import Yams

/// Writes as MLflow's own file store does, but each file by an atomic rename; metrics are appended to.
extension FileSession: RecordTransaction {
    func write(_ edit: MLflowEdit, to record: MLflowRecord) throws {
        guard let path = index.path(of: record.id) else { return }
        for tag in edit.setTags { _ = try StoredText.tag(tag.value, of: tag.key) }
        // Before any step, or a run whose file cannot be edited would get half of them.
        if edit.changesMeta { _ = try Self.edited(path + "/meta.yaml", setting: []) }
        for step in edit.steps { try write(step, at: path) }
    }

    private func write(_ edit: MLflowEdit, at path: String) throws {
        for key in edit.deletedTags {
            if unlink(path + "/tags/" + key) != 0 && errno != ENOENT && errno != ENOTDIR {
                throw FilePlace.unwritable(path + "/tags/" + key)
            }
        }
        for tag in edit.setTags {
            try put(Array(try StoredText.tag(tag.value, of: tag.key).utf8), at: "tags/" + tag.key, in: path)
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
        try put(try Self.edited(path + "/meta.yaml", setting: fields), at: "meta.yaml", in: path)
    }

    private static func edited(_ file: String, setting fields: [(key: String, value: Node)]) throws -> [UInt8] {
        guard let old = FileTree.contents(file, limit: MetaFile.sizeLimit) else { throw FilePlace.unwritable(file) }
        if MetaFile(old)?.runID != nil, let new = MetaFile.edited(old, setting: fields) { return new }
        throw RunServiceError(
            .unexpectedResponse,
            "\(FilePlace.name(file)) is not as MLflow writes it, so nothing was changed; repair it first.")
    }

    func experiment(named name: String, at now: Timestamp) throws -> String {
        if let existing = index.experiments.first(where: { $0.name == name }) { return existing.id }
        var id = ""
        // Eighteen digits, as MLflow's own file store draws them; taken ones are drawn again.
        repeat {
            id = String(Int64.random(in: 100_000_000_000_000_000...999_999_999_999_999_999))
        } while FileStamp(index.root + "/" + id) != nil
        let path = index.root + "/" + id
        if mkdir(path, 0o755) != 0 { throw FilePlace.unwritable(path) }
        made.append(path)
        let meta = try MetaFile.make([
            ("artifact_location", MetaFile.text(FileURI.of(path))),
            ("creation_time", MetaFile.number(now.milliseconds)),
            ("experiment_id", MetaFile.text(id)), ("last_update_time", MetaFile.number(now.milliseconds)),
            ("lifecycle_stage", Node("active")), ("name", MetaFile.text(name)),
        ])
        try put(meta, at: "meta.yaml", in: path)
        try index.scan()
        return id
    }

    func create(_ record: MLflowRecord) throws {
        let path = index.root + "/" + record.experimentID + "/" + record.id
        if mkdir(path, 0o755) != 0 { throw FilePlace.unwritable(path) }
        made.append(path)
        for folder in ["metrics", "params", "artifacts", "tags"] where mkdir(path + "/" + folder, 0o755) != 0 {
            throw FilePlace.unwritable(path)
        }
        for tag in record.tags {
            try put(Array(try StoredText.tag(tag.value, of: tag.key).utf8), at: "tags/" + tag.key, in: path)
        }
        for param in record.params {
            try put(Array(try StoredText.param(param.value, of: param.key).utf8), at: "params/" + param.key, in: path)
        }
        let null = Node("null")
        let artifacts = "\(index.artifacts(of: record.experimentID))/\(record.id)/artifacts"
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
        try put(meta, at: "meta.yaml", in: path)
        index.add(record.id, to: record.experimentID)
    }

    func add(_ params: [(key: String, value: String)], to record: MLflowRecord) throws {
        guard let path = index.path(of: record.id) else { return }
        for param in params { _ = try StoredText.param(param.value, of: param.key) }
        for param in params { try put(Array(param.value.utf8), at: "params/" + param.key, in: path) }
    }

    func append(_ points: [(key: String, point: MetricPoint)], to record: MLflowRecord) throws {
        guard let path = index.path(of: record.id) else { return }
        var lines: [ExactText: String] = [:]
        for (key, point) in points { lines[ExactText(key), default: ""] += MetricFile.line(point) }
        for (key, text) in lines.sorted(by: { $0.key < $1.key }) {
            let file = try folder(for: "metrics/" + key.text, in: path)
            let handle = open(file, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o644)
            guard handle >= 0 else { throw FilePlace.unwritable(file) }
            defer { close(handle) }
            if !FileTree.write(Array(text.utf8), to: handle) { throw FilePlace.unwritable(file) }
        }
    }

    /// Replaces a file of a run or experiment in one step; the half-written one never has a place where keys lie.
    private func put(_ bytes: [UInt8], at name: String, in path: String) throws {
        let file = try folder(for: name, in: path)
        let draft = path + "/.runwatch-" + RandomText.identifier()
        let handle = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard handle >= 0 else { throw FilePlace.unwritable(path) }
        let isWritten = FileTree.write(bytes, to: handle)
        close(handle)
        if isWritten && rename(draft, file) == 0 { return }
        let error = FilePlace.unwritable(file)
        unlink(draft)
        throw error
    }

    /// The path of a file, its directories made; refuses a link on the way, which could lead anywhere.
    private func folder(for name: String, in path: String) throws -> String {
        var place = path
        for part in name.split(separator: "/").dropLast() {
            if part == ".." || part == "." { throw FilePlace.unwritable(place) }
            place += "/" + part
            if mkdir(place, 0o755) != 0 && errno != EEXIST { throw FilePlace.unwritable(place) }
            guard FileStamp(place)?.isDirectory == true else {
                errno = ENOTDIR
                throw FilePlace.unwritable(place)
            }
        }
        return path + "/" + name
    }

    /// Takes back what a change made before it failed.
    func undo() {
        for path in made.reversed() { FileTree.remove(path) }
        made = []
    }
}

extension MLflowEdit {
    /// Whether more than tags is written.
    fileprivate var changesMeta: Bool {
        status != nil || endTime != nil || setTags.contains { $0.key == MLflowTag.runName }
    }
}

/// A local path as MLflow writes it into `artifact_uri`.
enum FileURI {
    static func of(_ path: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), 0x30...0x39, 0x41...0x5a,
                0x61...0x7a:
                encoded.append(byte)
            default: encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return "file://" + String(decoding: encoded, as: UTF8.self)
    }
}
