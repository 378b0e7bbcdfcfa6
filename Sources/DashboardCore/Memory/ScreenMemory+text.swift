import RunModel
package import RunServices

/// What is kept, as lines of a word and a value. The first names the format and the last says that nothing is missing.
extension ScreenMemory {
    private static let head = "runwatch screen 1"
    private static let foot = "end"

    /// Why a file is not what `text(of:)` wrote.
    package enum Problem: Error, Equatable {
        /// Damaged, or of another program.
        case unreadable
        /// Of a later version, or of another run service.
        case foreign
    }

    /// All of it for the service named, within bounds.
    package func text(of service: ServiceDescription) -> String {
        var lines = [Self.head, Self.line("service", Self.name(of: service))]
        func add(_ word: String, _ value: String?) {
            if let value, value.utf8.count <= Self.longestText { lines.append(Self.line(word, value)) }
        }
        add("experiment", experiment?.text)
        add("cursor", cursor?.text)
        add("filter", filter.isEmpty ? nil : filter)
        add("sort", sort?.text)
        if let columns {
            lines.append("columns")
            for column in columns.prefix(ColumnChoice.limit) { add("column", column) }
        }
        add("baseline", baseline?.text)
        if let best { add(best.isMost ? "best-max" : "best-min", best.metric) }
        if marks.count <= Self.mostRuns { for id in marks.sorted() { add("mark", id.text) } }
        if folds.count <= Self.mostRuns {
            for (id, isUnfolded) in folds.sorted(by: { $0.key < $1.key }) {
                add(isUnfolded ? "unfolded" : "folded", id.text)
            }
        }
        lines.append(Self.foot)
        return lines.joined(separator: "\n") + "\n"
    }

    /// Reads what `text(of:)` wrote for the same service.
    package init(_ text: String, of service: ServiceDescription) throws(Problem) {
        self.init()
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard let first = lines.popFirst() else { throw .unreadable }
        guard first == Self.head else { throw first.hasPrefix("runwatch screen ") ? .foreign : .unreadable }
        guard lines.popLast() == "", lines.popLast()?[...] == Self.foot[...] else { throw .unreadable }
        guard let named = lines.popFirst() else { throw .unreadable }
        guard named == Self.line("service", Self.name(of: service)) else { throw .foreign }
        for line in lines {
            let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
            guard let value = Self.decoded(parts.count > 1 ? parts[1] : ""), value.utf8.count <= Self.longestText else {
                throw .unreadable
            }
            try take(parts[0], value)
        }
        guard marks.count <= Self.mostRuns, folds.count <= Self.mostRuns else { throw .unreadable }
    }

    private mutating func take(_ word: Substring, _ value: String) throws(Problem) {
        switch word {
        case "experiment": experiment = ExperimentID(value)
        case "cursor": cursor = RunID(value)
        case "filter": filter = value
        case "sort":
            guard let order = SortOrder(value) else { throw .unreadable }
            sort = order
        case "columns": columns = columns ?? []
        case "column" where columns.map { $0.count < ColumnChoice.limit } ?? false: columns?.append(value)
        case "baseline": baseline = RunID(value)
        case "best-max", "best-min": best = Best(metric: value, isMost: word == "best-max")
        case "mark": marks.insert(RunID(value))
        case "folded", "unfolded": folds[RunID(value)] = word == "unfolded"
        default: throw .unreadable
        }
    }

    private static func name(of service: ServiceDescription) -> String { service.kind + " " + service.location }

    private static func line(_ word: String, _ value: String) -> String { word + " " + encoded(value) }

    /// Without line breaks and control characters: as `%` and two digits.
    private static func encoded(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "%") }) else { return text }
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "%") {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func decoded(_ text: Substring) -> String? {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
