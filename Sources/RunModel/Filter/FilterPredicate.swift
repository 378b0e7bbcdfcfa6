/// A filter expression made ready to be asked of many runs: values folded, patterns compiled, ranges worked out.
///
/// Stores read it to ask the same of rows, which they do not make runs of first.
package indirect enum FilterPredicate: Sendable {
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
    /// Holds for a run with one of these marks, or, `negated`, with others only.
    case attention(AttentionMarks, negated: Bool)

    /// By pointer, since the compiler copies, and so retains every text of, a run passed by value out of an array.
    ///
    /// - Parameter marks: those that the run does not show by itself.
    func holds(for run: UnsafePointer<Run>, at now: Timestamp, marks: AttentionMarks) -> Bool {
        switch self {
        case .and(let parts):
            for part in parts where !part.holds(for: run, at: now, marks: marks) { return false }
            return true
        case .or(let parts):
            for part in parts where part.holds(for: run, at: now, marks: marks) { return true }
            return false
        case .not(let part): return !part.holds(for: run, at: now, marks: marks)
        case .never: return false
        case .isPresent(.attention): return !run.pointee.ownMarks.union(marks).isEmpty
        case .isPresent(let key): return run.has(key)
        case .nameOrID(let word):
            return word.isContained(in: run.pointee.name) || word.isContained(in: run.pointee.id.text)
        case .status(let test): return test.passes(run.pointee.status)
        case .text(.experiment, let test, let negated):
            return (test.passes(run.pointee.experimentName) || test.passes(run.pointee.experimentID.text)) != negated
        case .text(let key, let test, let negated):
            guard let text = run.text(key) else { return false }
            return test.passes(text) != negated
        case .anyEntry(let key, let word): return run.hasEntry(of: key, containing: word)
        case .metric(let key, let test, let negated):
            guard let point = run.pointee.metrics.value(forKey: key) else { return false }
            return test.passes(point.value) != negated
        case .number(let test, let negated):
            guard let number = run.pointee.number else { return false }
            return test.passes(Double(number)) != negated
        case .span(let key, let range, let negated):
            guard let value = run.milliseconds(key, at: now) else { return false }
            return range.contains(value) != negated
        case .attention(let wanted, let negated):
            let all = run.pointee.ownMarks.union(marks)
            return !all.isEmpty && all.isDisjoint(with: wanted) == negated
        }
    }
}

extension UnsafePointer<Run> {
    fileprivate func has(_ key: FilterKey) -> Bool {
        switch key {
        case .status, .name, .id, .experiment, .root, .created, .age: true
        case .user: !pointee.user.isEmpty
        case .number: pointee.number != nil
        case .parent: pointee.parentID != nil
        case .started, .duration: pointee.startedAt != nil
        case .ended: pointee.endedAt != nil
        case .artifactURI, .dataset, .attention: false
        case .tag(let key): pointee.tags.contains(key) || pointee.machineTags.contains(key)
        case .param(let key): pointee.params.contains(key)
        case .property(let key): pointee.properties.contains(key)
        case .metric(let key): pointee.metrics.contains(key)
        case .anyTag: !pointee.tags.isEmpty
        case .anyParam: !pointee.params.isEmpty
        case .anyProperty: !pointee.properties.isEmpty
        case .anyMetric: !pointee.metrics.isEmpty
        }
    }

    fileprivate func text(_ key: FilterKey) -> String? {
        switch key {
        case .name: pointee.name
        case .id: pointee.id.text
        case .user: pointee.user
        case .parent: pointee.parentID?.text
        case .root: pointee.rootID.text
        case .tag(let key): (pointee.tags.value(forKey: key) ?? pointee.machineTags.value(forKey: key)) ?? nil
        case .param(let key): pointee.params.value(forKey: key)
        case .property(let key): pointee.properties.value(forKey: key)
        default: nil
        }
    }

    fileprivate func milliseconds(_ key: FilterKey, at now: Timestamp) -> Int64? {
        switch key {
        case .created: pointee.createdAt.milliseconds
        case .started: pointee.startedAt?.milliseconds
        case .ended: pointee.endedAt?.milliseconds
        // A service whose clock is ahead of ours makes runs that seem not to be created yet.
        case .age: max(0, now.milliseconds(since: pointee.createdAt))
        case .duration: pointee.duration(at: now)
        default: nil
        }
    }

    fileprivate func hasEntry(of key: FilterKey, containing word: CaseInsensitiveText) -> Bool {
        switch key {
        case .anyTag:
            pointee.tags.entries.contains { entry in
                word.isContained(in: entry.key) || entry.value.map(word.isContained(in:)) ?? false
            }
        case .anyParam:
            pointee.params.entries.contains { word.isContained(in: $0.key) || word.isContained(in: $0.value) }
        case .anyProperty:
            pointee.properties.entries.contains { word.isContained(in: $0.key) || word.isContained(in: $0.value) }
        default:
            pointee.metrics.entries.contains { entry in
                if word.isContained(in: entry.key) { return true }
                return if case .text(let text) = entry.value.value { word.isContained(in: text) } else { false }
            }
        }
    }
}
