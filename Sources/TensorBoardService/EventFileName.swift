import RunModel

/// The name of an event file, and its place among those of one directory.
struct EventFileName: Hashable, Comparable {
    let text: String
    /// Seconds since 1970 at which the file was made, as writers put it into the name; nil where they did not.
    let seconds: Int64?

    /// What TensorBoard takes for an event file: a name with this in it.
    private static let mark = "tfevents"

    /// Nil for the name of another file.
    init?(_ text: String) {
        guard let mark = text.range(of: Self.mark) else { return nil }
        self.text = text
        let digits = text[mark.upperBound...].drop { $0 == "." }.prefix { $0.isASCII && $0.isNumber }
        seconds = digits.count > 12 ? nil : Int64(digits)
    }

    var started: Timestamp? { seconds.map { Timestamp(milliseconds: $0 * 1_000) } }

    /// By the time in the name, then by the name.
    static func < (left: EventFileName, right: EventFileName) -> Bool {
        let (first, second) = (left.seconds ?? 0, right.seconds ?? 0)
        return first != second ? first < second : left.text.isBefore(right.text)
    }

    static func == (left: EventFileName, right: EventFileName) -> Bool { left.text.isExactly(right.text) }
}

/// Where an event stands among all those of a run.
struct EventPlace: Comparable {
    let file: EventFileName
    let offset: Int64

    static func < (left: EventPlace, right: EventPlace) -> Bool {
        left.file != right.file ? left.file < right.file : left.offset < right.offset
    }
}

extension String {
    /// Without Foundation, which the adapters on files do not need otherwise.
    fileprivate func range(of part: String) -> Range<Index>? { firstRange(of: part) }
}
