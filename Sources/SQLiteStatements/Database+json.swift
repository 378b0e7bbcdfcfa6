package import GRDB

extension Database {
    /// The texts of a JSON array.
    package func texts(inJSON json: String) throws -> [String] {
        var texts: [String] = []
        try forEachRow("SELECT value FROM json_each(?)", [.text(json)]) {
            texts.append($0.text(0))
            return true
        }
        return texts
    }
}

extension [String] {
    /// A JSON array (RFC 8259): quotes, backslashes and control characters escaped.
    package var json: String {
        let digits = Array<Character>("0123456789abcdef")
        let texts = map { text in
            var quoted = "\""
            for scalar in text.unicodeScalars {
                switch scalar {
                case "\"", "\\": quoted += "\\" + String(scalar)
                case _ where scalar.value < 0x20:
                    quoted += "\\u00" + String(digits[Int(scalar.value >> 4)]) + String(digits[Int(scalar.value & 15)])
                default: quoted.unicodeScalars.append(scalar)
                }
            }
            return quoted + "\""
        }
        return "[" + texts.joined(separator: ",") + "]"
    }
}
