import Yams

/// Why a document cannot be read.
package struct YAMLProblem: Error, Equatable, CustomStringConvertible {
    /// In the parser's words, which may hold some of the document's.
    package let reason: String
    /// Counted from 1; nil when no line is to blame.
    package let line: Int?

    /// A reason, without the period at its end.
    package init(_ reason: String, line: Int? = nil) {
        self.reason = reason
        self.line = line
    }

    init(_ error: any Error) {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            self.init(problem, line: mark.line)
        case .reader(let problem, _, _, _): self.init(problem)
        case .duplicatedKeysInMapping(let keys, let context):
            let named = keys.first.map { " `\($0)`" } ?? ""
            self.init("the key\(named) is there twice", line: context.mark.line)
        default: self.init("it is no YAML")
        }
    }

    package var description: String { line.map { "line \($0): \(reason)" } ?? reason }
}
