import RunServices

/// The text of a file that supervisors keep: `key=value` fields, each ended by a zero byte, which no value can hold.
/// What is appended later counts, so that a change is one write.
enum RecordFields {
    /// Nil for a text that is no whole record with `mark` as its first field; of a field that comes twice the last counts.
    static func values(in text: String, mark: String) -> [Substring: Substring]? {
        // What follows the last zero byte is a field that was not written to its end.
        let fields = text.split(separator: "\0", omittingEmptySubsequences: false).dropLast()
        guard fields.first.map(String.init) == mark else { return nil }
        var values: [Substring: Substring] = [:]
        for field in fields.dropFirst() {
            guard let equals = field.firstIndex(of: "=") else { return nil }
            values[field[..<equals]] = field[field.index(after: equals)...]
        }
        return values
    }

    static func text(_ stamp: ProcessStamp) -> String { "\(stamp.pid) \(stamp.startTicks) \(stamp.bootID)" }

    static func stamp(_ text: Substring) -> ProcessStamp? {
        let fields = text.split(separator: " ", maxSplits: 2)
        // A signal to 1 or 0 would reach everything, or this process's own group.
        guard fields.count == 3, let pid = Int32(fields[0]), pid > 0, let ticks = Int64(fields[1]) else { return nil }
        return ProcessStamp(pid: pid, startTicks: ticks, bootID: String(fields[2]))
    }
}
