import BoundedYAML
import RunServices
import Yams

/// Finds values in a run configuration by their keys, and says of a wrong one where it is.
struct ConfigurationReader {
    private let root: Node
    private let file: String

    init(_ bytes: [UInt8], file: String) throws(RunServiceError) {
        self.file = file
        do {
            root = try BoundedYAML.read(bytes) ?? Node([(Node, Node)]())
        } catch {
            throw RunServiceError(.invalid, "\(file) cannot be read: \(Shown.text(error.description)).")
        }
        if root.mapping == nil { throw RunServiceError(.invalid, "\(file) is no run configuration: it holds no keys.") }
    }

    /// What has no value is as good as absent.
    private func node(_ keys: [String]) -> Node? {
        var node = root
        for key in keys {
            guard let next = node.mapping?.first(where: { $0.key.scalar?.string == key })?.value else { return nil }
            node = next
        }
        return node.isNothing ? nil : node
    }

    func hasValue(_ keys: String...) -> Bool { node(keys) != nil }

    func text(_ keys: String...) throws(RunServiceError) -> String? {
        guard let node = node(keys) else { return nil }
        guard let text = node.scalar?.string else { throw wrong(keys, node, "one value") }
        return text
    }

    func texts(_ keys: String...) throws(RunServiceError) -> [String] {
        guard let node = node(keys) else { return [] }
        // The SDK's own files have one argument to a line; a text alone is one argument.
        if let text = node.scalar?.string { return [text] }
        var texts: [String] = []
        for element in node.sequence ?? [] {
            guard let text = element.scalar?.string else { throw wrong(keys, element, "a list of values") }
            texts.append(text)
        }
        if node.sequence == nil { throw wrong(keys, node, "a list of values") }
        return texts
    }

    func flag(_ keys: [String]) throws(RunServiceError) -> Bool? {
        guard let node = node(keys) else { return nil }
        guard let flag = node.bool else { throw wrong(keys, node, "true or false") }
        return flag
    }

    func number(_ keys: String...) throws(RunServiceError) -> Int? {
        guard let node = node(keys) else { return nil }
        guard let number = node.int else { throw wrong(keys, node, "a whole number") }
        return number
    }

    /// Keys and values; what has no value is an empty text.
    func table(_ keys: String...) throws(RunServiceError) -> [String: String] {
        guard let node = node(keys) else { return [:] }
        guard let mapping = node.mapping else { throw wrong(keys, node, "keys with values") }
        var table: [String: String] = [:]
        for (key, value) in mapping {
            guard let name = key.scalar?.string, let text = value.scalar?.string else {
                throw wrong(keys, value, "keys with values")
            }
            table[name] = value.null == nil ? text : ""
        }
        return table
    }

    private func wrong(_ keys: [String], _ node: Node, _ wanted: String) -> RunServiceError {
        let line = node.mark.map { ", line \($0.line)" } ?? ""
        return RunServiceError(
            .invalid, "\(file)\(line): `\(keys.joined(separator: "."))` must be \(wanted).")
    }
}

extension Node {
    fileprivate var isNothing: Bool {
        switch self {
        case .scalar: null != nil
        case .mapping(let mapping): mapping.isEmpty
        case .sequence(let sequence): sequence.isEmpty
        case .alias: true
        }
    }
}
