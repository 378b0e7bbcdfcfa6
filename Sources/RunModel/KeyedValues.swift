/// A small map kept sorted by key: tags, properties, parameters, latest metrics of one run.
///
/// A run has a handful of each and a store has many runs, so flat arrays beat a hash table in memory and in time. Runs of
/// one script have the same keys, so the array of keys is shared by all of them (`SharedKeys`).
package struct KeyedValues<Value: Equatable & Sendable>: Equatable, Sendable {
    /// One key with its value.
    package struct Entry: Equatable, Sendable {
        /// Equal only to the same bytes.
        package let key: String
        /// What the key stands for.
        package var value: Value

        /// One key with its value.
        @inlinable
        package init(key: String, value: Value) {
            self.key = key
            self.value = value
        }

        /// By the bytes of the key and the value.
        package static func == (left: Entry, right: Entry) -> Bool {
            left.key.isExactly(right.key) && left.value == right.value
        }
    }

    @usableFromInline var sortedKeys: SortedKeys
    /// In the order of their keys.
    @usableFromInline var values: [Value]

    @inlinable
    init(sortedKeys: SortedKeys, values: [Value]) {
        self.sortedKeys = sortedKeys
        self.values = values
    }

    /// Without any key.
    @inlinable
    package init() { self.init(sortedKeys: SortedKeys(), values: []) }

    /// The last value given for a key wins, as repeated upserts would. Keys in ascending order of their UTF-8, as an
    /// indexed query returns them, cost least, and less than pairs: reading runs makes several of these for each.
    /// - Parameter values: as many as `keys`.
    @inlinable
    package init(keys: [String], values: [Value]) {
        if let order = SortedKeys.order(of: keys) {
            self.init(sortedKeys: SortedKeys(ascending: order.map { keys[$0] }), values: order.map { values[$0] })
        } else {
            self.init(sortedKeys: SortedKeys(ascending: keys), values: values)
        }
    }

    /// The last value given for a key wins.
    @inlinable
    package init(_ pairs: [(String, Value)]) {
        // Closures, since a key path would be made anew for each call.
        self.init(keys: pairs.map { $0.0 }, values: pairs.map { $0.1 })
    }

    /// The last value given for a key wins.
    @inlinable
    package init(_ pairs: some Sequence<(String, Value)>) { self.init(Array(pairs)) }

    /// By the bytes of the keys, and the values.
    @inlinable
    package static func == (left: Self, right: Self) -> Bool {
        left.sortedKeys == right.sortedKeys && left.values == right.values
    }

    /// Whether there is no key.
    @inlinable package var isEmpty: Bool { values.isEmpty }
    /// How many keys there are.
    @inlinable package var count: Int { values.count }
    /// In ascending order of their UTF-8, each once.
    @inlinable package var keys: [String] { sortedKeys.texts }
    /// In ascending order of the keys' UTF-8.
    @inlinable package var entries: Entries { Entries(sortedKeys: sortedKeys, values: values) }

    /// Nil when the key is absent.
    @inlinable
    package func value(forKey key: String) -> Value? { sortedKeys.index(of: key).map { values[$0] } }

    /// Whether the key is there, with a value or without one.
    @inlinable
    package func contains(_ key: String) -> Bool { sortedKeys.index(of: key) != nil }

    /// Adds the key or replaces its value.
    @inlinable
    package mutating func set(_ value: Value, forKey key: String) {
        if let index = sortedKeys.index(of: key) {
            values[index] = value
        } else {
            values.insert(value, at: sortedKeys.insert(key))
        }
    }

    /// Does nothing when the key is absent.
    @inlinable
    package mutating func removeValue(forKey key: String) {
        guard let index = sortedKeys.index(of: key) else { return }
        sortedKeys.remove(at: index)
        values.remove(at: index)
    }
}

extension KeyedValues {
    /// Keys and values side by side.
    package struct Entries: RandomAccessCollection, Sendable {
        @usableFromInline let sortedKeys: SortedKeys
        @usableFromInline let values: [Value]

        @inlinable
        init(sortedKeys: SortedKeys, values: [Value]) {
            self.sortedKeys = sortedKeys
            self.values = values
        }

        /// 0.
        @inlinable package var startIndex: Int { 0 }
        /// How many there are.
        @inlinable package var endIndex: Int { values.count }
        // Said here so that a loop elsewhere need not ask for them through the protocol.
        /// The next index.
        @inlinable package func index(after index: Int) -> Int { index + 1 }
        /// The index before.
        @inlinable package func index(before index: Int) -> Int { index - 1 }
        /// Moves to the next index.
        @inlinable package func formIndex(after index: inout Int) { index += 1 }
        /// In ascending order of the keys' UTF-8.
        @inlinable package subscript(index: Int) -> Entry { Entry(key: sortedKeys.texts[index], value: values[index]) }
    }
}

/// Mutable marks on a run; the value is absent for a key-only tag, which differs from an empty value.
package typealias Tags = KeyedValues<String?>

/// Facts about a run that never change once set.
package typealias Properties = KeyedValues<String>

/// Immutable inputs of a run (MLflow's `param`).
package typealias Params = KeyedValues<String>

/// The newest point of each metric of a run.
package typealias LatestMetrics = KeyedValues<MetricPoint>
