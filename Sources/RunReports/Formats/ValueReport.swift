package import JMESPath

/// Any value in any format, such as what a query made: by the rules of `az`.
package enum ValueReport {
    /// The whole output, with a newline at its end. Throws for values too large or of no use in the format.
    /// - Parameter width: cells of a line of the table; nil where lines may have any length.
    package static func text(of value: JSONValue, as format: OutputFormat, width: Int? = nil) throws -> String {
        switch format {
        case .json: try JSONWriter.text(of: value, layout: .indented, escaping: .unprintable) + "\n"
        case .jsonl: try lines(of: value)
        case .yaml: try YAMLText.text(of: value)
        case .tsv: elements(of: value).map { tsv($0) + "\n" }.joined()
        case .table, .csv, .markdown: rows(of: value).text(as: format, width: width)
        }
    }

    private static func lines(of value: JSONValue) throws -> String {
        var output: [UInt8] = []
        for element in elements(of: value) {
            try JSONWriter.append(element, layout: .compact, escaping: .unprintable, level: 0, to: &output)
            output.append(UInt8(ascii: "\n"))
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// A value that is no array is a list of one.
    private static func elements(of value: JSONValue) -> [JSONValue] {
        if case .array(let elements) = value { elements } else { [value] }
    }

    /// Values side by side; of an array its length, of an object nothing, and `None` for null.
    private static func tsv(_ value: JSONValue) -> String {
        switch value {
        case .array(let elements): elements.map(tsvField).joined(separator: "\t")
        case .object(let members): members.values.map(tsvField).joined(separator: "\t")
        case .bool(let value): value ? "true" : "false"
        default: tsvField(value)
        }
    }

    private static func tsvField(_ value: JSONValue) -> String {
        switch value {
        case .null: "None"
        case .bool(let value): value ? "True" : "False"
        case .number(let number): number.description
        case .string(let text): FieldText.tsv(text)
        case .array(let elements): String(elements.count)
        case .object: ""
        }
    }

    /// A column for each key that has a value that is no list or object, `Column1` and so on for the elements of lists,
    /// `Result` for what is neither.
    private static func rows(of value: JSONValue) -> ValueRows {
        var rows = ValueRows()
        for element in elements(of: value) {
            switch element {
            case .object(let members):
                rows.append(members.pairs.compactMap { key, value in field(value).map { (capitalized(key), $0) } })
            case .array(let elements):
                rows.append(elements.enumerated().map { ("Column\($0 + 1)", text(of: $1)) })
            default: rows.append([("Result", text(of: element))])
            }
        }
        return rows
    }

    private static func field(_ value: JSONValue) -> String? {
        switch value {
        case .null, .array, .object: nil
        default: text(of: value)
        }
    }

    private static func text(of value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .bool(let value): value ? "True" : "False"
        case .number(let number): number.description
        case .string(let text): text
        case .array, .object: (try? JSONWriter.text(of: value, layout: .compact, escaping: .unprintable)) ?? ""
        }
    }

    private static func capitalized(_ key: String) -> String { key.prefix(1).uppercased() + key.dropFirst() }
}
