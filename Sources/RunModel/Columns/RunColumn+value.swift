extension RunColumn {
    /// What the column shows of `run`.
    /// - Parameter history: all points of a metric of this run in the order of step, then time; asked for
    ///   `neededHistory` only.
    package func value(
        of run: Run, at now: Timestamp, history: (String) -> [MetricPoint] = { _ in [] }
    ) -> ColumnValue {
        switch source {
        case .attribute(let attribute): Self.value(attribute, of: run, at: now)
        case .metric(let key, .last): run.metrics.value(forKey: key).map { ColumnValue($0.value) } ?? .none
        case .metric(let key, let aggregate): aggregate.value(of: history(key))
        case .param(let key): run.params.value(forKey: key).map { .text($0) } ?? .none
        case .property(let key): run.properties.value(forKey: key).map { .text($0) } ?? .none
        case .tag(let key): Self.tag(key, of: run)
        }
    }

    /// A tag without a value shows as an empty text: it is there.
    private static func tag(_ key: String, of run: Run) -> ColumnValue {
        let value = run.tags.value(forKey: key) ?? run.machineTags.value(forKey: key)
        guard let value else { return .none }
        return .text(value ?? "")
    }

    private static func value(_ attribute: Attribute, of run: Run, at now: Timestamp) -> ColumnValue {
        switch attribute {
        case .id: .text(run.id.text)
        case .name: .text(run.name)
        case .status: .text(run.status.word)
        case .experiment: .text(run.experimentName)
        case .experimentID: .text(run.experimentID.text)
        case .number: run.number.map { .integer($0) } ?? .none
        case .user: run.user.isEmpty ? .none : .text(run.user)
        case .parent: run.parentID.map { .text($0.text) } ?? .none
        case .root: .text(run.rootID.text)
        case .created: .moment(run.createdAt)
        case .started: run.startedAt.map { .moment($0) } ?? .none
        case .ended: run.endedAt.map { .moment($0) } ?? .none
        case .duration: run.duration(at: now).map { .duration($0) } ?? .none
        case .error: error(of: run)
        case .description: run.descriptionText.map { .text($0) } ?? .none
        case .tags: .entries(run.shownTags)
        case .params: .entries(entries(run.params))
        case .properties: .entries(entries(run.properties))
        }
    }

    private static func entries(_ values: KeyedValues<String>) -> Tags {
        Tags(values.entries.map { ($0.key, $0.value) })
    }

    private static func error(of run: Run) -> ColumnValue {
        guard let sentence = run.failure?.sentence, !sentence.isEmpty else { return .none }
        return .text(sentence)
    }
}

extension ColumnValue {
    /// What was measured.
    package init(_ value: MetricValue) {
        switch value {
        case .number(let number): self = .number(number)
        case .text(let text): self = .text(text)
        }
    }
}

extension RunColumn.Aggregate {
    /// Of points in the order of step, then time. Texts count, and are neither least nor greatest; NaN is so only where there
    /// is no other number.
    package func value(of points: [MetricPoint]) -> ColumnValue {
        if self == .count { return .integer(points.count) }
        if self == .first { return points.first.map { ColumnValue($0.value) } ?? .none }
        if self == .last { return points.last.map { ColumnValue($0.value) } ?? .none }
        let all = points.compactMap(\.value.number)
        let numbers = all.filter { !$0.isNaN }
        if numbers.isEmpty { return all.isEmpty ? .none : .number(.nan) }
        switch self {
        case .min: return numbers.min().map { .number($0) } ?? .none
        case .max: return numbers.max().map { .number($0) } ?? .none
        default: return .number(Self.mean(numbers))
        }
    }

    /// Added up as shares, so that no sum of large numbers is infinite.
    private static func mean(_ numbers: [Double]) -> Double {
        let sum = numbers.reduce(0, +)
        if sum.isFinite { return sum / Double(numbers.count) }
        return numbers.reduce(0) { $0 + $1 / Double(numbers.count) }
    }
}
