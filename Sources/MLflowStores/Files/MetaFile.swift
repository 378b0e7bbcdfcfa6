import BoundedYAML
import FileAccess
import RunServices
import Yams

/// The scalars of a `meta.yaml`, by key; what is null or no scalar is left out.
package struct MetaFile {
    /// The text of each scalar by its key at the top of the file.
    package private(set) var fields: [String: String] = [:]

    /// Bytes; MLflow's have a few hundred, and others must not make us read gigabytes.
    static let sizeLimit = 65_536

    /// Nil when there is no such file, or none that can be understood.
    init?(path: String) {
        guard let bytes = FileAccess.contents(path, limit: Self.sizeLimit) else { return nil }
        self.init(bytes)
    }

    /// The status of a run of which not all could be read; no word of MLflow's.
    static let unreadable = "Unreadable"

    /// Stands for a run's file that cannot be understood: a run that is there, in a status that says so.
    init(unreadable id: String, writtenAt time: Int64) {
        fields = ["run_id": id, "status": Self.unreadable, "start_time": String(time)]
    }

    /// Nil for what cannot be understood.
    package init?(_ given: [UInt8]) {
        let bytes = Self.unmarked(given)
        if let fields = Self.flatFields(bytes) {
            self.fields = fields
            return
        }
        guard let mapping = Self.root(bytes)?.mapping else { return nil }
        for (key, value) in mapping {
            if let key = key.scalar?.string, let text = value.scalar?.string, value.null == nil { fields[key] = text }
        }
    }

    /// A whole number as any writer of YAML puts it: `1_000` and `1e3` too; nil for what is no number, and for what is
    /// further from 1970 than the year 9999, in milliseconds.
    package func integer(_ key: String) -> Int64? {
        guard let text = fields[key]?.replacing("_", with: "") else { return nil }
        let limit: Int64 = 253_402_300_799_999
        let number = Int64(text) ?? Double(text).flatMap { Int64(exactly: $0.rounded()) }
        return number.flatMap { (-limit...limit).contains($0) ? $0 : nil }
    }

    /// The bytes in UTF-8, without the mark that some editors put at the beginning.
    private static func unmarked(_ bytes: [UInt8]) -> [UInt8] {
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { return Array(bytes.dropFirst(3)) }
        let isLittle = bytes.starts(with: [0xff, 0xfe])
        guard isLittle || bytes.starts(with: [0xfe, 0xff]) else { return bytes }
        let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index in
            isLittle
                ? UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8
                : UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    /// The tree of a file; nil for one that cannot be understood.
    private static func root(_ bytes: [UInt8]) -> Node? { try? BoundedYAML.read(bytes) }

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
            if ["null", "Null", "NULL"].contains(text) { return FlatScalar() }
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
        guard let number = integer("status") else { return text }
        return (1...Int64(Self.statuses.count)).contains(number) ? Self.statuses[Int(number) - 1] : text
    }

    static func number(ofStatus word: String) -> Int? {
        Self.statuses.firstIndex(of: word).map { $0 + 1 }
    }

    var isActive: Bool { fields["lifecycle_stage"] ?? "active" == "active" }

    /// `run_uuid` alone in files of MLflow 0.
    var runID: String? { fields["run_id"] ?? fields["run_uuid"] }

    /// The same file with other scalars, the rest as it was.
    static func edited(_ bytes: [UInt8], setting values: [(key: String, value: Node)]) -> [UInt8]? {
        guard var root = root(unmarked(bytes)), root.mapping != nil else { return nil }
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
