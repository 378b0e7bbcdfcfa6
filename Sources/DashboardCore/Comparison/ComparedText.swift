import RunModel
import TerminalUI

/// The cells of a comparison.
enum ComparedText {
    /// What a run has of a field; nothing where there is nothing.
    static func value(_ value: ColumnValue, _ dashboard: Dashboard, width: Int) -> String {
        switch value {
        case .none, .entries: dashboard.glyphs.missing
        // A tag without a value is there, and says no more.
        case .text(""): dashboard.glyphs.bullet
        case .text(let text): String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
        case .integer(let number): "\(number)"
        case .number(let number): NumberText.compact(number, significantDigits: 5, maxWidth: max(1, width))
        case .moment(let moment): TimeText.brief(moment, now: dashboard.now.wall, zone: dashboard.zone)
        case .duration(let milliseconds): TimeText.duration(milliseconds)
        }
    }

    /// How far a number, a moment or a length of time is from the reference's; nil where there is no difference to tell.
    static func difference(_ value: ColumnValue, to reference: ColumnValue, width: Int) -> String? {
        guard let one = ComparedOrder.number(value), let other = ComparedOrder.number(reference) else { return nil }
        let difference = one - other
        guard difference.isFinite, difference != 0 else { return nil }
        let sign = difference < 0 ? "-" : "+"
        switch (value, reference) {
        case (.moment, .moment), (.duration, .duration):
            let milliseconds = Int64(difference.magnitude)
            return sign + (milliseconds < 1_000 ? "\(milliseconds)ms" : TimeText.duration(milliseconds))
        default:
            return sign + NumberText.compact(difference.magnitude, maxWidth: max(1, width - 1))
        }
    }

    /// How many characters all of some texts have in common at their beginnings.
    static func commonBeginning(_ values: [ColumnValue]) -> Int {
        let texts = values.compactMap { value in
            if case .text(let text) = value, !text.isEmpty { text } else { nil }
        }
        guard texts.count > 1, let first = texts.first else { return 0 }
        return texts.dropFirst().reduce(first.count) { common, text in
            min(common, zip(first, text).prefix { $0 == $1 }.count)
        }
    }

    /// A text in so many cells; one that is too long loses what all have in common before it loses its end, for in that
    /// they differ.
    static func fitted(_ text: String, common: Int, width: Int, _ glyphs: Glyphs) -> String {
        guard TerminalText.width(of: text) > width, common > context, text.count > common - context else {
            return TerminalText.truncated(text, to: width, ellipsis: glyphs.ellipsis)
        }
        // As much of the end as there is room for, but never less of what differs.
        let start = min(common - context, max(0, text.count - (width - 1)))
        let rest = glyphs.ellipsis + text.dropFirst(start)
        return TerminalText.truncated(rest, to: width, ellipsis: glyphs.ellipsis)
    }

    /// Characters kept of what is in common.
    private static let context = 3
}
