extension FilterPredicate {
    /// `patterns` holds every regular expression of the filter, compiled.
    init(_ expression: FilterExpression, patterns: [String: RegularExpression]) {
        switch expression {
        case .and(let parts): self = .and(parts.map { FilterPredicate($0, patterns: patterns) })
        case .or(let parts): self = .or(parts.map { FilterPredicate($0, patterns: patterns) })
        case .not(let part): self = .not(FilterPredicate(part, patterns: patterns))
        case .bareWord(let word): self = .nameOrID(CaseInsensitiveText(word))
        case .comparison(let comparison): self.init(comparison, patterns: patterns)
        }
    }

    private init(_ comparison: FilterComparison, patterns: [String: RegularExpression]) {
        let key = comparison.key
        switch comparison.comparator {
        case .isNull: self = .not(.isPresent(key))
        case .isNotNull: self = .isPresent(key)
        default:
            let positive = comparison.comparator.positive
            self.init(
                key, positive ?? comparison.comparator, comparison.values, negated: positive != nil, patterns: patterns)
        }
    }

    private init(
        _ key: FilterKey, _ comparator: FilterComparator, _ values: [FilterValue], negated: Bool,
        patterns: [String: RegularExpression]
    ) {
        let texts = values.compactMap { if case .text(let text) = $0 { text } else { nil } }
        let textTest = TextTest(comparator, texts, patterns: patterns)
        switch key {
        case .status: self = textTest.map { .status(StatusTest(comparator, texts, $0, negated: negated)) } ?? .never
        case .metric(let name): self = .metric(name, MetricTest(comparator, values, textTest), negated: negated)
        case .number: self = .number(NumberTest(comparator, values), negated: negated)
        case .created, .started, .ended, .age, .duration:
            self = comparator.range(of: values).map { .span(key, $0, negated: negated) } ?? .never
        case .attention: self = .attention(AttentionMarks(comparator, texts), negated: negated)
        case .anyTag, .anyParam, .anyProperty, .anyMetric:
            self = .anyEntry(key, CaseInsensitiveText(texts.first ?? ""))
        case .name, .id, .user, .experiment, .parent, .root, .artifactURI, .dataset, .tag, .param, .property:
            self = textTest.map { .text(key, $0, negated: negated) } ?? .never
        }
    }
}

extension AttentionMarks {
    /// The marks that one of the words names, or, for `:`, is a part of the name of.
    fileprivate init(_ comparator: FilterComparator, _ words: [String]) {
        self = []
        for word in words.map({ $0.lowercased() }) {
            for known in Self.words where comparator == .contains ? known.word.contains(word) : known.word == word {
                insert(known.mark)
            }
        }
    }

    /// What is wrong with a word; nil where it names a mark, or may yet become the name of one.
    static func fault(in word: String, _ comparator: FilterComparator) -> String? {
        let names = words.map(\.word)
        let word = word.lowercased()
        if names.contains(where: { comparator == .contains ? $0.contains(word) : $0 == word }) { return nil }
        return "There is no mark “\(word)”; write \(names.dropLast().joined(separator: ", ")) or \(names.last ?? "")."
    }
}

extension FilterComparator {
    /// The milliseconds that compare so with the span of the first of `values`, a moment since 1970 or a duration; nil when
    /// there are none. Comparators that negate have the range of what they negate.
    package func range(of values: [FilterValue]) -> ClosedRange<Int64>? {
        let span: ClosedRange<Int64>
        switch values.first {
        case .duration(let milliseconds): span = milliseconds...milliseconds
        case .moment(let moment): span = moment.start.milliseconds...(moment.end.milliseconds - 1)
        default: return nil
        }
        switch self {
        case .less: return span.lowerBound == .min ? nil : .min...(span.lowerBound - 1)
        case .lessOrEqual: return .min...span.upperBound
        case .greater: return span.upperBound == .max ? nil : (span.upperBound + 1)...(.max)
        case .greaterOrEqual: return span.lowerBound...(.max)
        default: return span
        }
    }
}
