/// Takes terminal control out of a command's words before they become part of a message.
enum PlainText {
    static func of(_ text: String) -> String {
        var plain = String.UnicodeScalarView()
        var scalars = text.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            if scalar == "\u{1B}" {
                skipSequence(&scalars)
            } else if scalar == "\t" {
                plain.append(" ")
            } else if scalar.properties.generalCategory != .control && scalar.properties.generalCategory != .format {
                plain.append(scalar)
            }
        }
        let blanksOff = plain.drop { $0 == " " }
        let end = blanksOff.lastIndex { $0 != " " }
        return end.map { String(String.UnicodeScalarView(blanksOff[...$0])) } ?? ""
    }

    /// A control sequence (ECMA-48, 5.4) ends at its first byte from `@` to `~`; other sequences are two characters.
    private static func skipSequence(_ scalars: inout String.UnicodeScalarView.Iterator) {
        guard scalars.next() == "[" else { return }
        while let scalar = scalars.next(), !("@"..."~").contains(scalar) {}
    }
}
