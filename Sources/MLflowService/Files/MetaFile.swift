import Glibc
import RunServices
import Yams

/// The scalars of a `meta.yaml`, by key; what is null or no scalar is left out.
package struct MetaFile {
    package private(set) var fields: [String: String] = [:]

    /// Bytes; MLflow's have a few hundred, and others must not make us read gigabytes.
    static let sizeLimit = 65_536

    /// Nil when there is no such file, or none that can be understood.
    init?(path: String) {
        guard let bytes = FileTree.contents(path, limit: Self.sizeLimit) else { return nil }
        self.init(bytes)
    }

    /// Stands for a run's file that cannot be understood: a run that is there, in a status that says so.
    init(unreadable id: String, writtenAt time: Int64) {
        fields = ["run_id": id, "status": "Unreadable", "start_time": String(time)]
    }

    /// Nil for what cannot be understood.
    package init?(_ bytes: [UInt8]) {
        if let fields = Self.flatFields(bytes) {
            self.fields = fields
            return
        }
        guard let mapping = Self.compose(bytes)?.mapping else { return nil }
        for (key, value) in mapping {
            if let key = key.scalar?.string, let text = value.scalar?.string, value.null == nil { fields[key] = text }
        }
    }

    /// Nil for what is no YAML, and for YAML with aliases. MLflow writes none, and a few lines of them stand for billions
    /// of nodes as soon as they are looked at or written.
    private static func compose(_ bytes: [UInt8]) -> Node? {
        if hasAlias(bytes) { return nil }
        return try? Yams.compose(yaml: String(decoding: bytes, as: UTF8.self))
    }

    /// Whether what may be an alias follows what may be its anchor. A text that only looks so is one no person would name
    /// a run by: `&x` and then `*x`.
    private static func hasAlias(_ bytes: [UInt8]) -> Bool {
        var anchors: Set<ArraySlice<UInt8>> = []
        for index in bytes.indices where bytes[index] == UInt8(ascii: "&") || bytes[index] == UInt8(ascii: "*") {
            let name = bytes[(index + 1)...].prefix(while: isAnchorByte)
            if name.isEmpty { continue }
            if bytes[index] == UInt8(ascii: "&") { anchors.insert(name) } else if anchors.contains(name) { return true }
        }
        return false
    }

    /// What libyaml takes as part of an anchor's name.
    private static func isAnchorByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// Nil where the scalar is absent or no whole number of 64 bits.
    package func integer(_ key: String) -> Int64? { fields[key].flatMap { Int64($0) } }

    /// MLflow writes every file as lines of `key: scalar`, which are read fifty times faster like this than as YAML;
    /// nil when a line is anything else.
    private static func flatFields(_ bytes: [UInt8]) -> [String: String]? {
        var fields: [String: String] = [:]
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
                line[..<colon].allSatisfy({ $0 == UInt8(ascii: "_") || ($0 >= 0x61 && $0 <= 0x7a) })
            else { return nil }
            let key = String(decoding: line[..<colon], as: UTF8.self)
            var value = line[(colon + 1)...]
            if value.isEmpty { continue }
            // A carriage return at the end is no part of the scalar.
            guard value.removeFirst() == UInt8(ascii: " "), value.last != UInt8(ascii: "\r"),
                let scalar = flatScalar(value)
            else { return nil }
            if let text = scalar.text { fields[key] = text }
        }
        return fields.isEmpty ? nil : fields
    }

    private struct FlatScalar {
        var text: String?
    }

    /// Nil for what needs a YAML parser.
    private static func flatScalar(_ value: ArraySlice<UInt8>) -> FlatScalar? {
        guard let first = value.first else { return FlatScalar() }
        let text = String(decoding: value, as: UTF8.self)
        switch first {
        case UInt8(ascii: "'"):
            guard text.utf8.count > 1, text.hasSuffix("'") else { return nil }
            let inner = text.dropFirst().dropLast()
            // Two quotes mean one; a lone one ends the scalar.
            let parts = inner.split(separator: "''", omittingEmptySubsequences: false)
            return parts.contains { $0.contains("'") } ? nil : FlatScalar(text: parts.joined(separator: "'"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), 0x80...0xff:
            if text == "null" { return FlatScalar() }
            return text.contains(": ") || text.contains(" #") || text.hasSuffix(":") ? nil : FlatScalar(text: text)
        default:
            return text == "[]" || text == "{}" ? FlatScalar() : nil
        }
    }
}

extension MetaFile {
    /// MLflow's words by the numbers it writes.
    private static let statuses = ["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"]

    /// The word for what `status` says: a number, as MLflow writes it, or a word; RUNNING when it says nothing.
    package var status: String {
        guard let text = fields["status"] else { return "RUNNING" }
        guard let number = Int(text) else { return text }
        return (1...Self.statuses.count).contains(number) ? Self.statuses[number - 1] : text
    }

    static func number(ofStatus word: String) -> Int? {
        Self.statuses.firstIndex(of: word).map { $0 + 1 }
    }

    var isActive: Bool { fields["lifecycle_stage"] ?? "active" == "active" }

    /// `run_uuid` alone in files of MLflow 0.
    var runID: String? { fields["run_id"] ?? fields["run_uuid"] }

    /// The same file with other scalars, the rest as it was.
    static func edited(_ bytes: [UInt8], setting values: [(key: String, value: Node)]) -> [UInt8]? {
        guard var root = compose(bytes), root.mapping != nil else { return nil }
        for (key, value) in values { root[key] = value }
        guard let text = try? Yams.serialize(node: root, width: -1, allowUnicode: true) else { return nil }
        return Array(text.utf8)
    }

    static func make(_ values: [(key: String, value: Node)]) throws -> [UInt8] {
        let node = Node(values.map { (Node($0.key), $0.value) })
        return Array(try Yams.serialize(node: node, width: -1, allowUnicode: true).utf8)
    }

    /// A text that reads back as a text, whatever it looks like.
    static func text(_ value: String) -> Node { Node(value, Tag(.str), .singleQuoted) }

    static func number(_ value: Int64) -> Node { Node(String(value)) }
}
