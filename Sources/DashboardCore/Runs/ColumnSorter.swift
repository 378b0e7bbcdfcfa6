import RunModel

/// Sorts slots by one column; those that are equal in it stay in their order.
struct ColumnSorter {
    let runs: ContiguousArray<Run>
    let sort: SortOrder
    let now: Timestamp

    private var numbers: ContiguousArray<KeyedSlot> = []
    private var texts: ContiguousArray<RunTable.Slot> = []
    private var missing: ContiguousArray<RunTable.Slot> = []

    init(_ table: RunTable, by sort: SortOrder, now: Timestamp) {
        runs = table.runs
        self.sort = sort
        self.now = now
    }

    /// Numbers before texts, or after them when descending, and missing values last.
    mutating func sorted(_ slots: ContiguousArray<RunTable.Slot>) -> ContiguousArray<RunTable.Slot> {
        numbers.reserveCapacity(slots.count)
        for slot in slots { collect(slot) }
        numbers.sortByKey(numbers.indices)
        let texts = sortedTexts()
        let numbers = numbers.lazy.map(\.slot)
        var result = ContiguousArray<RunTable.Slot>()
        result.reserveCapacity(slots.count)
        if sort.isDescending { result.append(contentsOf: texts) }
        result.append(contentsOf: numbers)
        if !sort.isDescending { result.append(contentsOf: texts) }
        result.append(contentsOf: missing)
        return result
    }

    private mutating func collect(_ slot: RunTable.Slot) {
        let index = Int(slot)
        switch sort.column {
        // Read in place: a whole `Run` copied for each of many would cost more than the sorting.
        case .started: add((runs[index].startedAt ?? runs[index].createdAt).milliseconds, slot)
        case .status: add(Int64(runs[index].status.rank), slot)
        case .duration:
            if let started = runs[index].startedAt {
                add(max(0, (runs[index].endedAt ?? now).milliseconds(since: started)), slot)
            } else {
                missing.append(slot)
            }
        case .name, .experiment: texts.append(slot)
        case .user: add(slot, isMissing: runs[index].user.isEmpty)
        case .tags: add(slot, isMissing: runs[index].tags.isEmpty)
        case .metric(let key):
            switch runs[index].metrics.value(forKey: key)?.value {
            case .number(let number) where !number.isNaN: add(number.orderedBits, slot)
            case .text: texts.append(slot)
            case .number, nil: missing.append(slot)
            }
        }
    }

    private mutating func add(_ number: Int64, _ slot: RunTable.Slot) {
        add(UInt64(bitPattern: number) ^ 1 << 63, slot)
    }

    private mutating func add(_ key: UInt64, _ slot: RunTable.Slot) {
        numbers.append(KeyedSlot(key: sort.isDescending ? ~key : key, slot: slot))
    }

    private mutating func add(_ slot: RunTable.Slot, isMissing: Bool) {
        if isMissing { missing.append(slot) } else { texts.append(slot) }
    }

    private func text(_ slot: RunTable.Slot) -> String {
        switch sort.column {
        case .name: return runs[Int(slot)].name
        case .experiment: return runs[Int(slot)].experimentName
        case .user: return runs[Int(slot)].user
        case .tags: return SortKey.text(ofTags: runs[Int(slot)].tags) ?? ""
        case .metric(let key):
            guard case .text(let text) = runs[Int(slot)].metrics.value(forKey: key)?.value else { return "" }
            return text
        case .started, .status, .duration: return ""
        }
    }

    /// By the first word of their prefixes, then those that are equal in it by the second, and so on.
    private func sortedTexts() -> ContiguousArray<RunTable.Slot> {
        var prefixes = ContiguousArray<NaturalOrder.Prefix>()
        prefixes.reserveCapacity(texts.count)
        var previousText = ""
        for slot in texts {
            let text = text(slot)
            // Neighbours often have the same user, experiment or tags.
            if let previous = prefixes.last, text == previousText { prefixes.append(previous); continue }
            prefixes.append(NaturalOrder.Prefix(text))
            previousText = text
        }
        // While sorting, an entry's slot is its place in `texts`.
        var entries = ContiguousArray(texts.indices.map { KeyedSlot(key: 0, slot: Int32($0)) })
        var groups = [entries.indices]
        for word in 0..<NaturalOrder.Prefix.wordCount {
            var equal: [Range<Int>] = []
            for group in groups {
                for index in group {
                    let key = prefixes[Int(entries[index].slot)].words[word]
                    entries[index].key = sort.isDescending ? ~key : key
                }
                entries.sortByKey(group)
                equal.append(contentsOf: entries.runsOfEqualKeys(in: group))
            }
            groups = equal
        }
        for group in groups where group.contains(where: { !prefixes[Int(entries[$0].slot)].isComplete }) {
            entries[group].sort { left, right in
                let order = NaturalOrder.compare(text(texts[Int(left.slot)]), text(texts[Int(right.slot)]))
                return sort.isDescending ? order > 0 : order < 0
            }
        }
        return ContiguousArray(entries.map { texts[Int($0.slot)] })
    }
}

extension ContiguousArray<KeyedSlot> {
    /// The stretches of two or more equal keys in a sorted part.
    fileprivate func runsOfEqualKeys(in range: Range<Int>) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var start = range.lowerBound
        while start < range.upperBound {
            var end = start + 1
            while end < range.upperBound, self[end].key == self[start].key { end += 1 }
            if end - start > 1 { found.append(start..<end) }
            start = end
        }
        return found
    }
}
