/// Values as Python shows them, for messages that clients compare.
extension JSONValue {
    /// What `type(value).__name__` says.
    var pythonType: String {
        switch self {
        case .null: "NoneType"
        case .bool: "bool"
        case .integer: "int"
        case .number: "float"
        case .text: "str"
        case .array: "list"
        case .object: "dict"
        }
    }

    /// What `json.dumps(value, sort_keys=True, separators=(",", ":"))` says, which is ASCII.
    var pythonDump: String {
        switch self {
        case .null: "null"
        case .bool(let bool): bool ? "true" : "false"
        case .integer(let number): "\(number)"
        case .number(let number): Self.dump(number)
        case .text(let text): Self.dump(text)
        case .array(let array): "[" + array.map(\.pythonDump).joined(separator: ",") + "]"
        case .object(let object):
            "{"
                + Set(object.names).sorted().map { Self.dump($0) + ":" + (object[$0] ?? .null).pythonDump }
                .joined(separator: ",") + "}"
        }
    }

    private static func dump(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
        return "\(number)"
    }

    static func dump(_ text: String) -> String {
        var dump = "\""
        for unit in text.utf16 {
            switch unit {
            case 0x22: dump += "\\\""
            case 0x5c: dump += "\\\\"
            case 0x0a: dump += "\\n"
            case 0x0d: dump += "\\r"
            case 0x09: dump += "\\t"
            case 0x08: dump += "\\b"
            case 0x0c: dump += "\\f"
            case 0x20..<0x7f: dump.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            default:
                let digits = String(unit, radix: 16)
                dump += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return dump + "\""
    }
}
