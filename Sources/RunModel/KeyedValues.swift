import Algorithms

/// A small map kept sorted by key: tags, properties, parameters, latest metrics of one run.
///
/// A run has a handful of each and a store has many runs, so one flat array beats a hash table in memory and in time.
package struct KeyedValues<Value: Equatable & Sendable>: Equatable, Sendable {
    package struct Entry: Equatable, Sendable {
        package let key: String
        package var value: Value
    }

    /// In ascending order of key; keys are unique.
    package private(set) var entries: [Entry]

    package init() { entries = [] }

    /// The last value given for a key wins, as repeated upserts would.
    package init(_ pairs: some Sequence<(String, Value)>) {
        entries = []
        // Grown step by step, the array would keep up to twice the room for as long as the run is known.
        entries.reserveCapacity(pairs.underestimatedCount)
        for (key, value) in pairs { set(value, forKey: key) }
    }

    /// Takes entries that are already unique and in ascending order of key, as an indexed query returns them.
    package init(sortedPairs: [(String, Value)]) {
        entries = sortedPairs.map { Entry(key: $0.0, value: $0.1) }
    }

    package var isEmpty: Bool { entries.isEmpty }
    package var count: Int { entries.count }
    package var keys: [String] { entries.map(\.key) }

    package func value(forKey key: String) -> Value? {
        let index = position(of: key)
        return index < entries.count && entries[index].key == key ? entries[index].value : nil
    }

    package func contains(_ key: String) -> Bool {
        let index = position(of: key)
        return index < entries.count && entries[index].key == key
    }

    package mutating func set(_ value: Value, forKey key: String) {
        let index = position(of: key)
        if index < entries.count && entries[index].key == key {
            entries[index].value = value
        } else {
            entries.insert(Entry(key: key, value: value), at: index)
        }
    }

    package mutating func removeValue(forKey key: String) {
        let index = position(of: key)
        if index < entries.count && entries[index].key == key { entries.remove(at: index) }
    }

    /// The first index whose key is not less than `key`.
    private func position(of key: String) -> Int { entries.partitioningIndex { $0.key >= key } }
}

/// Mutable marks on a run; the value is absent for a key-only tag, which differs from an empty value.
package typealias Tags = KeyedValues<String?>

/// Facts about a run that never change once set.
package typealias Properties = KeyedValues<String>

/// Immutable inputs of a run (MLflow's `param`).
package typealias Params = KeyedValues<String>

/// The newest point of each metric of a run.
package typealias LatestMetrics = KeyedValues<MetricPoint>
