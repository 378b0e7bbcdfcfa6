/// A filter expression made ready to be asked of many runs: values folded, patterns compiled, ranges worked out.
indirect enum FilterPredicate: Sendable {
    case and([FilterPredicate])
    case or([FilterPredicate])
    case not(FilterPredicate)
    case never
    case isPresent(FilterKey)
    case nameOrID(CaseInsensitiveText)
    case status(StatusTest)
    /// Holds for a text that is there and passes the test, or, `negated`, fails it.
    case text(FilterKey, TextTest, negated: Bool)
    case anyEntry(FilterKey, CaseInsensitiveText)
    case metric(String, MetricTest, negated: Bool)
    case number(NumberTest, negated: Bool)
    /// Milliseconds: a duration or a moment.
    case span(FilterKey, ClosedRange<Int64>, negated: Bool)

    func holds(for run: Run, at now: Timestamp) -> Bool {
        switch self {
        case .and(let parts): return parts.allSatisfy { $0.holds(for: run, at: now) }
        case .or(let parts): return parts.contains { $0.holds(for: run, at: now) }
        case .not(let part): return !part.holds(for: run, at: now)
        case .never: return false
        case .isPresent(let key): return run.has(key)
        case .nameOrID(let word): return word.isContained(in: run.name) || word.isContained(in: run.id.text)
        case .status(let test): return test.passes(run.status)
        case .text(.experiment, let test, let negated):
            return (test.passes(run.experimentName) || test.passes(run.experimentID.text)) != negated
        case .text(let key, let test, let negated):
            guard let text = run.text(key) else { return false }
            return test.passes(text) != negated
        case .anyEntry(let key, let word): return run.hasEntry(of: key, containing: word)
        case .metric(let key, let test, let negated):
            guard let point = run.metrics.value(forKey: key) else { return false }
            return test.passes(point.value) != negated
        case .number(let test, let negated):
            guard let number = run.number else { return false }
            return test.passes(Double(number)) != negated
        case .span(let key, let range, let negated):
            guard let value = run.milliseconds(key, at: now) else { return false }
            return range.contains(value) != negated
        }
    }
}

extension Run {
    fileprivate func has(_ key: FilterKey) -> Bool {
        switch key {
        case .status, .name, .id, .experiment, .root, .created, .age: true
        case .user: !user.isEmpty
        case .number: number != nil
        case .parent: parentID != nil
        case .started, .duration: startedAt != nil
        case .ended: endedAt != nil
        case .artifactURI, .dataset: false
        case .tag(let key): tags.contains(key)
        case .param(let key): params.contains(key)
        case .property(let key): properties.contains(key)
        case .metric(let key): metrics.contains(key)
        case .anyTag: !tags.isEmpty
        case .anyParam: !params.isEmpty
        case .anyProperty: !properties.isEmpty
        case .anyMetric: !metrics.isEmpty
        }
    }

    fileprivate func text(_ key: FilterKey) -> String? {
        switch key {
        case .name: name
        case .id: id.text
        case .user: user
        case .parent: parentID?.text
        case .root: rootID.text
        case .tag(let key): tags.value(forKey: key) ?? nil
        case .param(let key): params.value(forKey: key)
        case .property(let key): properties.value(forKey: key)
        default: nil
        }
    }

    fileprivate func milliseconds(_ key: FilterKey, at now: Timestamp) -> Int64? {
        switch key {
        case .created: createdAt.milliseconds
        case .started: startedAt?.milliseconds
        case .ended: endedAt?.milliseconds
        // A service whose clock is ahead of ours makes runs that seem not to be created yet.
        case .age: max(0, now.milliseconds(since: createdAt))
        case .duration: duration(at: now)
        default: nil
        }
    }

    fileprivate func hasEntry(of key: FilterKey, containing word: CaseInsensitiveText) -> Bool {
        switch key {
        case .anyTag:
            tags.entries.contains { entry in
                word.isContained(in: entry.key) || entry.value.map(word.isContained(in:)) ?? false
            }
        case .anyParam:
            params.entries.contains { word.isContained(in: $0.key) || word.isContained(in: $0.value) }
        case .anyProperty:
            properties.entries.contains { word.isContained(in: $0.key) || word.isContained(in: $0.value) }
        default:
            metrics.entries.contains { entry in
                if word.isContained(in: entry.key) { return true }
                return if case .text(let text) = entry.value.value { word.isContained(in: text) } else { false }
            }
        }
    }
}
