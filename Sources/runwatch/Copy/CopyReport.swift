import RunServices

/// What came of a copy.
struct CopyReport {
    private(set) var newRuns = 0
    private(set) var changedRuns = 0
    private(set) var points = 0
    private(set) var logBytes: Int64 = 0
    /// What the target cannot hold, and of how many runs; the first sentence about each.
    private var missing: [String: (count: Int, example: String)] = [:]

    mutating func add(new: Bool, changed: Bool) {
        if new { newRuns += 1 } else if changed { changedRuns += 1 }
    }

    mutating func add(points count: Int) { points += count }

    mutating func add(logBytes count: Int64) { logBytes += count }

    mutating func lacks(_ what: String, _ example: String) {
        missing[what, default: (0, example)].count += 1
    }

    /// Whether anything was written since.
    func hasMore(than before: CopyReport) -> Bool { points != before.points || logBytes != before.logBytes }

    func summary(of total: Int, to target: ServiceDescription) -> String {
        let there = total - newRuns - changedRuns
        var parts = ["\(Counted.text(newRuns, "new run"))"]
        if changedRuns > 0 { parts.append("\(changedRuns) brought up to date") }
        if there > 0 { parts.append("\(there) there already") }
        parts.append(Counted.text(points, "point"))
        if logBytes > 0 { parts.append("\(SizeText.brief(logBytes)) of logs") }
        return "Copied to \(Shown.text(target.kind)) \(Shown.text(target.location)): \(parts.joined(separator: ", "))."
    }

    /// A line for each kind of thing.
    var lacks: [String] {
        missing.sorted { $0.key < $1.key }.map { what, found in
            "Not held there: \(what) (\(Counted.text(found.count, "case"))). \(Shown.lines(found.example))"
        }
    }
}
