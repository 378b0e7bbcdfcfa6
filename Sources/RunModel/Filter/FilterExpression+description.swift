/// The canonical spelling: parsing it again gives the same expression.
extension FilterExpression: CustomStringConvertible {
    /// The canonical spelling of the whole.
    package var description: String {
        switch self {
        case .and(let parts): parts.map { $0.isOr ? "(\($0))" : "\($0)" }.joined(separator: " and ")
        case .or(let parts): parts.map(\.description).joined(separator: " or ")
        case .not(let part): part.isCompound ? "not (\(part))" : "not \(part)"
        case .comparison(let comparison): comparison.description
        case .bareWord(let word): quoted(word)
        }
    }

    private var isOr: Bool { if case .or = self { true } else { false } }

    private var isCompound: Bool {
        switch self {
        case .and, .or: true
        default: false
        }
    }
}

extension FilterComparison: CustomStringConvertible {
    /// Key, comparator and values.
    package var description: String {
        switch comparator {
        case .isNull, .isNotNull: "\(key) \(comparator.rawValue)"
        case .isIn, .isNotIn:
            "\(key) \(comparator.rawValue) (\(values.map(\.description).joined(separator: ", ")))"
        default: "\(key) \(comparator.rawValue) \(values.first?.description ?? "")"
        }
    }
}

extension FilterKey: CustomStringConvertible {
    /// As it is written before a comparator.
    package var description: String {
        switch self {
        case .status: "status"
        case .name: "name"
        case .id: "id"
        case .user: "user"
        case .experiment: "experiment"
        case .number: "number"
        case .parent: "parent"
        case .root: "root"
        case .created: "created"
        case .started: "started"
        case .ended: "ended"
        case .age: "age"
        case .duration: "duration"
        case .attention: "attention"
        case .artifactURI: "artifact_uri"
        case .dataset(let field): "dataset.\(field.rawValue)"
        case .tag(let key): "tags.\(FilterKey.spelling(of: key))"
        case .param(let key): "params.\(FilterKey.spelling(of: key))"
        case .property(let key): "properties.\(FilterKey.spelling(of: key))"
        case .metric(let key): "metrics.\(FilterKey.spelling(of: key))"
        case .anyTag: "tags"
        case .anyParam: "params"
        case .anyProperty: "properties"
        case .anyMetric: "metrics"
        }
    }

    /// `key` as it is written after `tags.`: bare where that is read back whole, else in backticks.
    static func spelling(of key: String) -> String {
        let isPlain = key.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "/"):
                true
            default: false
            }
        }
        return isPlain && !key.isEmpty ? key : inBackticks(key)
    }
}

extension FilterValue: CustomStringConvertible {
    /// As it is written behind a comparator.
    package var description: String {
        switch self {
        case .text(let text): quoted(text)
        case .number(let number): number.description
        case .notANumber: "nan"
        case .duration(let milliseconds): FilterDuration.spelling(of: milliseconds)
        case .moment(let moment): moment.text
        }
    }
}

/// `text` as a quoted text. Backticks are last, since only this language allows them around a value.
func quoted(_ text: String) -> String {
    // A backslash before the closing quote could be read as keeping it from closing.
    if text.utf8.last == UInt8(ascii: "\\") { return inBackticks(text) }
    if !text.utf8.contains(UInt8(ascii: "'")) { return "'\(text)'" }
    return text.utf8.contains(UInt8(ascii: "\"")) ? inBackticks(text) : "\"\(text)\""
}

private func inBackticks(_ text: String) -> String {
    "`" + text.split(separator: "`", omittingEmptySubsequences: false).joined(separator: "``") + "`"
}
