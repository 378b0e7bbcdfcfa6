import RunServices
import Yams

/// Makes a configuration of the tree of its file, and notes all that is wrong with it.
struct ConfigurationReader {
    /// For faults.
    let name: String
    private(set) var faults: [ConfigurationFault] = []

    init(name: String) { self.name = name }

    mutating func note(_ node: Node?, _ sentence: String) {
        faults.append(ConfigurationFault(name, line: node?.mark?.line, sentence))
    }

    /// The entries of a mapping whose keys are texts; none, with a fault, of anything else.
    mutating func entries(_ node: Node, of name: String, _ wanted: String) -> [(key: String, node: Node, value: Node)] {
        guard let mapping = node.mapping else {
            if !Self.isNull(node) { note(node, "\(name) takes \(wanted).") }
            return []
        }
        var entries: [(key: String, node: Node, value: Node)] = []
        for (key, value) in mapping {
            if let text = key.scalar?.string {
                entries.append((text, key, value))
            } else {
                note(key, "\(name) takes \(wanted).")
            }
        }
        return entries
    }

    /// The text of a scalar; nil, with a fault, for anything else.
    mutating func text(_ node: Node, of name: String, _ expectation: String) -> Placed<String>? {
        guard let scalar = node.scalar, !Self.isNull(node) else {
            note(node, "\(name) \(expectation), and here is \(Self.kind(node)).")
            return nil
        }
        return Placed(scalar.string, line: node.mark?.line ?? 1)
    }

    /// A value of a setting; nil, with a fault, for anything else.
    mutating func value<Value>(_ node: Node, of kind: SettingKind<Value>) -> Placed<Value>? {
        guard let text = text(node, of: kind.name, kind.expectation) else { return nil }
        guard let value = kind.parse(text.value) else {
            note(node, "\(kind.name) \(kind.refusal(of: text.value))")
            return nil
        }
        return Placed(value, line: text.line)
    }

    /// The texts of a list, or the only one; nil, with a fault, for anything else.
    mutating func texts(_ node: Node, of name: String, _ expectation: String) -> Placed<[String]>? {
        guard let sequence = node.sequence else {
            return text(node, of: name, expectation).map { Placed([$0.value], line: $0.line) }
        }
        let texts = sequence.map { text($0, of: name, expectation) }
        guard !texts.contains(nil) else { return nil }
        return Placed(texts.compactMap { $0?.value }, line: node.mark?.line ?? 1)
    }

    /// Notes a name that there is not, with the one that was probably meant.
    mutating func unknown(_ node: Node, _ text: String, what: String, known: [String]) {
        let near = SimilarName.nearest(to: text, in: known).map { "; did you mean \($0)?" }
        note(node, "there is no \(what) \(Self.quoted(text))" + (near ?? ", only \(known.joined(separator: ", "))."))
    }

    static func isNull(_ node: Node) -> Bool { node.null != nil }

    /// Others' text within a sentence.
    static func quoted(_ text: String) -> String { "“\(Shown.text(text))”" }

    private static func kind(_ node: Node) -> String {
        switch node {
        case .mapping: "a group"
        case .sequence: "a list"
        case .scalar, .alias: "nothing"
        }
    }
}
