package import Yams

/// YAML from files that others may have written: neither deep nesting nor aliases of aliases make it costly.
package enum BoundedYAML {
    /// Levels of brackets that are read.
    private static let bracketDepth = 100
    /// Columns before the first word of a line; each level of blocks takes one at least.
    private static let indentation = 512

    /// The tree of a document in UTF-8; nil for an empty one.
    /// - Parameter nodes: how many values it may have once aliases are followed.
    package static func read(_ bytes: [UInt8], nodes: Int = 4_096) throws(YAMLProblem) -> Node? {
        try checkNesting(bytes)
        let root: Node?
        do {
            root = try Yams.compose(yaml: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw YAMLProblem(error)
        }
        var budget = nodes
        if let root, !count(root, &budget, 0) {
            throw YAMLProblem("it holds more than \(nodes) values, or nests too deeply")
        }
        return root
    }

    /// The parser goes down in recursion, so this looks before it does.
    private static func checkNesting(_ bytes: [UInt8]) throws(YAMLProblem) {
        var (depth, line, column) = (0, 1, 0)
        var isIndented = true
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                line += byte == UInt8(ascii: "\n") ? 1 : 0
                (column, isIndented) = (0, true)
                continue
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            default: break
            }
            // Blocks nest by columns: of spaces, or of the marks of sequences and keys.
            isIndented = isIndented && [" ", "\t", "-", "?", ":"].contains { UInt8(ascii: $0) == byte }
            if isIndented { column += 1 }
            if depth > bracketDepth || column > indentation {
                throw YAMLProblem("values nest too deeply", line: line)
            }
        }
    }

    /// False when there are more nodes than `budget`, or deeper ones than any file that is meant well has.
    private static func count(_ node: Node, _ budget: inout Int, _ depth: Int) -> Bool {
        budget -= 1
        if budget < 0 || depth > bracketDepth { return false }
        switch node {
        case .mapping(let mapping):
            for (key, value) in mapping {
                guard count(key, &budget, depth + 1), count(value, &budget, depth + 1) else { return false }
            }
        case .sequence(let sequence):
            for element in sequence { guard count(element, &budget, depth + 1) else { return false } }
        case .scalar, .alias: break
        }
        return true
    }
}
