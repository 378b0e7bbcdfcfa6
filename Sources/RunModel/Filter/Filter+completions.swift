extension Filter {
    /// How the word at `cursor` (in Characters of `text`) could end: keys where a key may stand, and after a comparator
    /// the values known for its key. Works on texts that are no filter yet.
    package static func completions(
        for text: String, at cursor: Int, vocabulary: FilterVocabulary
    ) -> [FilterCompletion] {
        let word = FilterWord(in: text, at: cursor)
        let candidates =
            switch word.role {
            case .term: termCandidates(for: word.typed, vocabulary)
            case .value(let key): valueCandidates(for: key, vocabulary)
            case .none: [Candidate]()
            }
        let typed = FilterWord.unquoted(word.typed)
        return candidates.filter { candidate in
            candidate.plain.lowercased().hasPrefix(typed.lowercased()) && candidate.spelling != word.whole
        }
        .map { FilterCompletion(replacement: $0.spelling, range: word.range) }
    }

    private struct Candidate {
        /// What the typed text is a beginning of.
        var plain: String
        /// What goes into the filter: quoted where that is needed.
        var spelling: String
    }

    /// What a person would most often type next stands with the key.
    private static let attributeCandidates = [
        "status:", "attention:", "name:", "user:", "experiment:", "age<", "duration>", "started>", "ended>", "created>",
        "number=",
        "parent:", "root:", "id:",
    ].map { Candidate(plain: $0, spelling: $0) }

    private static func termCandidates(for typed: String, _ vocabulary: FilterVocabulary) -> [Candidate] {
        guard let dot = typed.firstIndex(of: "."), let family = FilterKey.families[typed[..<dot].lowercased()] else {
            return attributeCandidates
                + ["tags.", "params.", "metrics.", "properties.", "system."].map { Candidate(plain: $0, spelling: $0) }
        }
        let prefix = typed[...dot]
        let keys: [String] =
            switch family {
            case .tags: vocabulary.tagKeys
            case .params: vocabulary.paramKeys
            case .properties: vocabulary.propertyKeys
            case .metrics: vocabulary.metricKeys
            case .system: SystemMetric.names.map(\.name)
            case .attributes, .datasets: []
            }
        return keys.map { Candidate(plain: prefix + $0, spelling: prefix + FilterKey.spelling(of: $0)) }
    }

    private static func valueCandidates(for key: FilterKey, _ vocabulary: FilterVocabulary) -> [Candidate] {
        let values: [String] =
            switch key {
            case .status: [StatusGroup.active.rawValue, StatusGroup.ended.rawValue] + RunStatus.known.map(\.word)
            case .attention: AttentionMarks.words.map(\.word)
            case .user: vocabulary.users
            case .experiment: vocabulary.experiments
            case .tag(let key): vocabulary.tagValues[key] ?? []
            case .anyTag: vocabulary.tagKeys
            case .anyParam: vocabulary.paramKeys
            case .anyProperty: vocabulary.propertyKeys
            case .anyMetric: vocabulary.metricKeys
            default: []
            }
        return values.map { Candidate(plain: $0, spelling: FilterWord.spelling(ofValue: $0)) }
    }
}
