/// A slot with the number it is sorted by.
struct KeyedSlot {
    var key: UInt64
    var slot: RunTable.Slot
}

extension ContiguousArray<KeyedSlot> {
    /// Sorts a part by key; slots with equal keys stay in their order.
    ///
    /// A radix sort: it compares nothing, so a hundred thousand slots take about a millisecond or two.
    mutating func sortByKey(_ range: Range<Int>) {
        guard range.count > 1 else { return }
        // Below this, filling the tables of counts costs more than comparing.
        guard range.count > 500 else {
            self[range].sort { $0.key < $1.key }
            return
        }
        var differing: UInt64 = 0
        for index in range { differing |= self[index].key ^ self[range.lowerBound].key }
        var source = ContiguousArray(self[range])
        var target = source
        for shift in stride(from: UInt64(0), to: 64, by: 8) where (differing >> shift) & 0xFF != 0 {
            Self.distribute(source, into: &target, shift: shift)
            swap(&source, &target)
        }
        replaceSubrange(range, with: source)
    }

    private static func distribute(_ source: Self, into target: inout Self, shift: UInt64) {
        var next = InlineArray<256, Int>(repeating: 0)
        for entry in source { next[Int((entry.key >> shift) & 0xFF)] += 1 }
        var start = 0
        for bucket in 0..<256 {
            let count = next[bucket]
            next[bucket] = start
            start += count
        }
        target.withUnsafeMutableBufferPointer { target in
            for entry in source {
                let bucket = Int((entry.key >> shift) & 0xFF)
                target[next[bucket]] = entry
                next[bucket] += 1
            }
        }
    }
}

extension Double {
    /// A number whose unsigned order is that of the doubles; both zeros are one, and it must not be NaN.
    var orderedBits: UInt64 {
        let bits = (self + 0).bitPattern
        return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
    }
}
