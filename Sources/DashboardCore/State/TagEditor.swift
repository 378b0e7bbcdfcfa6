package import RunModel
import RunServices
package import TerminalUI

/// The tag editor over one run or several marked ones: a list of tags, and a line to add or change one.
package struct TagEditor: Equatable, Sendable {
    /// What the line below the list is for.
    package enum Line: Equatable, Sendable {
        case none
        /// Typing `key` or `key=value`.
        case adding(LineInput)
        /// Typing a value for a key.
        case changing(key: String, LineInput)
        /// Waiting for `y`.
        case deleting(key: String)
    }

    /// One tag of the targets.
    package struct Row: Equatable, Sendable {
        /// The tag's key.
        package let key: String
        /// The value that all targets have; nil when key-only.
        package let value: String?
        /// How many targets have the tag.
        package let count: Int
        /// The targets that have it don't agree on the value.
        package let isMixed: Bool
    }

    /// The runs whose tags are edited, captured when the editor opened.
    package let targets: [RunID]
    /// The highlighted row.
    package internal(set) var selection = 0
    /// What is being typed, or asked.
    package internal(set) var line = Line.none
    /// What is known of other runs' tags, for completion: values by key.
    package let vocabulary: TagVocabulary
    /// Why the last line was not taken.
    package internal(set) var problem: String?

    /// Completions of what is typed now, best first, as whole lines.
    package var suggestions: [String] {
        switch line {
        case .adding(let input): vocabulary.completions(ofLine: input.text)
        case .changing(let key, let input):
            vocabulary.values(of: key).filter { $0.hasPrefix(input.text) && $0 != input.text }
        case .none, .deleting: []
        }
    }

    /// The tags of the targets, by key.
    static func rows(of runs: [Run]) -> [Row] {
        var byKey: [ExactText: [String?]] = [:]
        for run in runs {
            for tag in run.shownTags.entries { byKey[ExactText(tag.key), default: []].append(tag.value) }
        }
        return byKey.sorted { $0.key < $1.key }.map { key, values in
            Row(
                key: key.text, value: values.first ?? nil, count: values.count,
                isMixed: values.contains { $0 != values.first })
        }
    }

    /// What the line for changing a row starts with; nothing where the runs don't agree, for one value would win unseen.
    static func initialText(_ row: Row) -> String { row.isMixed ? "" : row.value ?? "" }

    /// What a line typed for `row` means; nil when it leaves all as it is, so that a key-only tag stays one.
    static func change(of row: Row?, to text: String, of key: String, targets: Int) -> TagEdit? {
        if let row, text == initialText(row), row.isMixed || row.count == targets { return nil }
        return .set(key: key, value: text)
    }

    /// What a typed line means: text before the first `=` is the key; without one the tag is key-only.
    static func edit(fromLine text: String) -> TagEdit? {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let key = trimmed(parts.first ?? "")
        guard !key.isEmpty else { return nil }
        return .set(key: key, value: parts.count > 1 ? trimmed(parts[1]) : nil)
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}

/// The tag keys and values in use, with the most used first.
package struct TagVocabulary: Equatable, Sendable {
    private var keys: [String] = []
    private var valuesByKey: [String: [String]] = [:]

    /// More than a person would scroll through.
    static let valueLimit = 50

    /// From a sample of runs.
    package init(_ runs: some Sequence<Run>) {
        var uses: [String: [String: Int]] = [:]
        for run in runs {
            for tag in run.tags.entries { uses[tag.key, default: [:]][tag.value ?? "", default: 0] += 1 }
        }
        keys = uses.sorted { left, right in
            let counts = (left.value.values.reduce(0, +), right.value.values.reduce(0, +))
            return counts.0 == counts.1 ? left.key < right.key : counts.0 > counts.1
        }.map(\.key)
        valuesByKey = uses.mapValues { values in
            Array(
                values.filter { !$0.key.isEmpty }
                    .sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
                    .prefix(Self.valueLimit).map(\.key))
        }
    }

    /// The values in use for a key, most used first.
    package func values(of key: String) -> [String] { valuesByKey[key] ?? [] }

    func completions(ofLine text: String) -> [String] {
        if let equals = text.firstIndex(of: "=") {
            let key = String(text[..<equals])
            let value = text[text.index(after: equals)...]
            return values(of: key).filter { $0.hasPrefix(value) && $0 != value }.map { "\(key)=\($0)" }
        }
        return keys.filter { $0.hasPrefix(text) && $0 != text }
    }
}
