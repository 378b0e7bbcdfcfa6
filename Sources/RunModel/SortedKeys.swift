import Algorithms
import Synchronization

/// Keys in ascending order of their UTF-8, each once.
@usableFromInline
struct SortedKeys: Equatable, Sendable {
    @usableFromInline var texts: [String]

    /// None.
    @usableFromInline
    init() { texts = [] }

    /// Of keys that are in ascending order.
    @usableFromInline
    init(ascending texts: [String]) { self.texts = SharedKeys.common.shared(texts) }

    /// By their bytes; at once for those that share an array.
    @usableFromInline
    static func == (left: SortedKeys, right: SortedKeys) -> Bool {
        guard left.texts.count == right.texts.count else { return false }
        let isShared = left.texts.withUnsafeBufferPointer { left in
            right.texts.withUnsafeBufferPointer { left.baseAddress == $0.baseAddress }
        }
        return isShared || left.texts.elementsEqual(right.texts) { $0.isExactly($1) }
    }

    /// Which of `keys` to take, in which order, so that they ascend and the last of equal ones wins; nil when they ascend as
    /// they are.
    @usableFromInline
    static func order(of keys: [String]) -> [Int]? {
        if keys.adjacentPairs().allSatisfy({ $0.isBefore($1) }) { return nil }
        let order = keys.indices.sorted { left, right in
            keys[left].isBefore(keys[right]) || (left < right && keys[left].isExactly(keys[right]))
        }
        return order.indices.filter { place in
            place + 1 == order.count || !keys[order[place]].isExactly(keys[order[place + 1]])
        }.map { order[$0] }
    }

    /// Nil when the key is not there.
    @usableFromInline
    func index(of key: String) -> Int? {
        let place = place(of: key)
        return place < texts.count && texts[place].isExactly(key) ? place : nil
    }

    /// Adds a key that is not there, and says where it stands now.
    @usableFromInline
    mutating func insert(_ key: String) -> Int {
        let place = place(of: key)
        texts.insert(key, at: place)
        return place
    }

    @usableFromInline
    mutating func remove(at index: Int) { texts.remove(at: index) }

    /// The first index whose key is not less than `key`.
    private func place(of key: String) -> Int { texts.partitioningIndex { !$0.isBefore(key) } }
}

/// Lists of keys that were met lately, so that equal ones are kept once: of 10,000 runs with 30 values each, 5 MB less.
final class SharedKeys: Sendable {
    static let common = SharedKeys()

    /// Scripts whose runs are read by turns, four lists each.
    private static let places = 256
    /// Longer lists are rare, and each place may keep one for good.
    private static let (longestList, longestKey) = (200, 250)

    private let lists = Mutex<[[String]]>(Array(repeating: [], count: SharedKeys.places))

    /// A list that is equal to `keys`, which may be one that others have too.
    func shared(_ keys: [String]) -> [String] {
        guard let first = keys.first, let last = keys.last, keys.count <= Self.longestList else { return keys }
        var hasher = Hasher()
        hasher.combine(keys.count)
        hasher.combine(first)
        hasher.combine(last)
        let place = Int(truncatingIfNeeded: UInt(bitPattern: hasher.finalize()) % UInt(Self.places))
        return lists.withLock { lists in
            if lists[place].elementsEqual(keys, by: { $0.isExactly($1) }) { return lists[place] }
            if keys.allSatisfy({ $0.utf8.count <= Self.longestKey }) { lists[place] = keys }
            return keys
        }
    }
}
