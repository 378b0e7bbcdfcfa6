import JMESPath
package import RunModel
import RunServices
import TerminalUI

extension ColumnValue {
    /// For programs: whole, in the form that JSON has, durations in seconds; empty for what is absent.
    package var plain: String {
        switch self {
        case .none: ""
        case .text(let text): text
        case .integer(let number): String(number)
        case .number(let number): JSONNumber(number).description
        case .moment(let moment): MomentText.utc(moment)
        case .duration(let milliseconds): JSONNumber(Double(milliseconds) / 1_000).description
        case .entries(let entries): Self.list(entries)
        }
    }

    /// For people; the text of others in it is not made harmless yet.
    package var shown: String {
        switch self {
        case .none: "–"
        case .number(let number): NumberText.compact(number, significantDigits: 6)
        case .moment(let moment): MomentText.local(moment)
        case .duration(let milliseconds): MomentText.duration(milliseconds)
        case .text, .integer, .entries: plain
        }
    }

    /// As a member of a document.
    package func write(to sink: inout some JSONSink) {
        switch self {
        case .none: sink.writeNull()
        case .text(let text): sink.write(text)
        case .integer(let number): sink.write(number)
        case .number(let number): sink.writeNumber(number)
        case .moment(let moment): sink.write(moment)
        case .duration(let milliseconds): sink.writeNumber(Double(milliseconds) / 1_000)
        case .entries(let entries):
            sink.beginObject()
            for entry in entries.entries { sink.member(entry.key, entry.value) }
            sink.endObject()
        }
    }

    private static func list(_ entries: Tags) -> String {
        entries.entries.map { entry in entry.value.map { "\(entry.key)=\($0)" } ?? entry.key }.joined(separator: " ")
    }
}
