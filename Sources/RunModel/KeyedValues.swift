import Algorithms

/// A small map kept sorted by key: tags, properties, parameters, latest metrics of one run.
///
/// A run has a handful of each and a store has many runs, so one flat array beats a hash table in memory and in time.
package struct KeyedValues<Value: Equatable & Sendable>: Equatable, Sendable {
    /// One key with its value.
    package struct Entry: Equatable, Sendable {
        /// Equal only to the same bytes.
        package let key: String
        /// What the key stands for.
        package var value: Value

        /// By the bytes of the key and the value.
        package static func == (left: Entry, right: Entry) -> Bool {
            left.key.isExactly(right.key) && left.value == right.value
        }
    }

    /// In ascending order of the keys' UTF-8; keys are unique by it.
    package private(set) var entries: [Entry]

    /// Without any key.
    package init() { entries = [] }

    /// The last value given for a key wins, as repeated upserts would.
    package init(_ pairs: some Sequence<(String, Value)>) {
        entries = pairs.map { Entry(key: $0.0, value: $0.1) }
        if Self.isAscending(entries) { return }
        // Stable: of one key's entries the last stays the last.
        entries.sort { $0.key.isBefore($1.key) }
        if Self.isAscending(entries) { return }
        var last: [Entry] = []
        for entry in entries {
            if let before = last.last, before.key.isExactly(entry.key) { last.removeLast() }
            last.append(entry)
        }
        entries = last
    }

    private static func isAscending(_ entries: [Entry]) -> Bool {
        entries.adjacentPairs().allSatisfy { $0.key.isBefore($1.key) }
    }

    /// The quick way for pairs that most likely are in ascending order of the keys' UTF-8 already, as an indexed query
    /// returns them. Any others do too: the last value given for a key wins.
    package init(sortedPairs: [(String, Value)]) {
        entries = []
        entries.reserveCapacity(sortedPairs.count)
        for (key, value) in sortedPairs {
            if entries.last?.key.isBefore(key) ?? true {
                entries.append(Entry(key: key, value: value))
            } else {
                set(value, forKey: key)
            }
        }
    }

    /// Whether there is no key.
    package var isEmpty: Bool { entries.isEmpty }
    /// How many keys there are.
    package var count: Int { entries.count }
    /// In ascending order of their UTF-8.
    package var keys: [String] { entries.map(\.key) }

    /// Nil when the key is absent.
    package func value(forKey key: String) -> Value? {
        let index = position(of: key)
        return holds(key, at: index) ? entries[index].value : nil
    }

    /// Whether the key is there, with a value or without one.
    package func contains(_ key: String) -> Bool { holds(key, at: position(of: key)) }

    /// Adds the key or replaces its value.
    package mutating func set(_ value: Value, forKey key: String) {
        let index = position(of: key)
        if holds(key, at: index) {
            entries[index].value = value
        } else {
            entries.insert(Entry(key: key, value: value), at: index)
        }
    }

    /// Does nothing when the key is absent.
    package mutating func removeValue(forKey key: String) {
        let index = position(of: key)
        if holds(key, at: index) { entries.remove(at: index) }
    }

    private func holds(_ key: String, at index: Int) -> Bool {
        index < entries.count && entries[index].key.isExactly(key)
    }

    /// The first index whose key is not less than `key`.
    private func position(of key: String) -> Int { entries.partitioningIndex { !$0.key.isBefore(key) } }
}

/// Mutable marks on a run; the value is absent for a key-only tag, which differs from an empty value.
package typealias Tags = KeyedValues<String?>

/// Facts about a run that never change once set.
package typealias Properties = KeyedValues<String>

/// Immutable inputs of a run (MLflow's `param`).
package typealias Params = KeyedValues<String>

/// The newest point of each metric of a run.
package typealias LatestMetrics = KeyedValues<MetricPoint>
