import RunModel

/// What an adapter writes to a run: computed in one place, carried out by each store in its own way.
package struct MLflowEdit: Sendable, Equatable {
    /// MLflow's word; nil leaves the status.
    package var status: String?
    /// Milliseconds since 1970; nil leaves what is there.
    package var endTime: Int64?
    /// Tags to add or replace, each key at most once.
    package var setTags: [(key: String, value: String)] = []
    /// Keys of tags to take away.
    package var deletedTags: [String] = []

    /// An edit of these parts.
    package init(
        status: String? = nil, endTime: Int64? = nil, setTags: [(key: String, value: String)] = [],
        deletedTags: [String] = []
    ) {
        self.status = status
        self.endTime = endTime
        self.setTags = setTags
        self.deletedTags = deletedTags
    }

    /// Whether there is nothing to write.
    package var isEmpty: Bool { status == nil && endTime == nil && setTags.isEmpty && deletedTags.isEmpty }

    /// The same in parts, for backends without transactions: between two steps the run is in a valid state.
    ///
    /// What explains a status comes before it. What still says that a supervisor decides is taken away after it, or
    /// the supervisor could not repeat a change that failed in the middle.
    package var steps: [MLflowEdit] {
        var (first, second, third, last) = (MLflowEdit(), MLflowEdit(), MLflowEdit(), MLflowEdit())
        first.setTags = setTags.filter { $0.key != MLflowTag.exit }
        (second.status, second.endTime) = (status, endTime)
        third.setTags = setTags.filter { $0.key == MLflowTag.exit }
        last.deletedTags = deletedTags
        return [first, second, third, last].filter { !$0.isEmpty }
    }

    /// The record as it is once this is written.
    package func applied(to record: MLflowRecord) -> MLflowRecord {
        var after = record
        if let status { after.status = status }
        if let endTime { after.endTime = endTime }
        for key in deletedTags { after.tags.removeAll { $0.key.isExactly(key) } }
        for tag in setTags {
            if let index = after.tags.firstIndex(where: { $0.key.isExactly(tag.key) }) {
                after.tags[index] = tag
            } else {
                after.tags.append(tag)
            }
            if tag.key == MLflowTag.runName { after.name = tag.value }
        }
        return after
    }

    /// Makes `later` follow in the same write: what it says of a tag, the status or the end wins.
    package mutating func append(_ later: MLflowEdit) {
        status = later.status ?? status
        endTime = later.endTime ?? endTime
        for key in later.deletedTags {
            setTags.removeAll { $0.key.isExactly(key) }
            if !deletedTags.contains(where: { $0.isExactly(key) }) { deletedTags.append(key) }
        }
        for tag in later.setTags {
            deletedTags.removeAll { $0.isExactly(tag.key) }
            if let index = setTags.firstIndex(where: { $0.key.isExactly(tag.key) }) {
                setTags[index] = tag
            } else {
                setTags.append(tag)
            }
        }
    }

    package static func == (left: MLflowEdit, right: MLflowEdit) -> Bool {
        left.status == right.status && left.endTime == right.endTime && left.deletedTags == right.deletedTags
            && left.setTags.elementsEqual(right.setTags, by: ==)
    }

    /// Sets a tag, or deletes it when `value` is nil and it is there.
    package mutating func set(_ key: String, _ value: String?, in record: MLflowRecord) {
        if let value {
            setTags.append((key, value))
        } else if record.tag(key) != nil {
            deletedTags.append(key)
        }
    }
}
