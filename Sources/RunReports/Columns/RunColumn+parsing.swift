package import RunModel

/// What is wrong with a list of columns.
package struct ColumnSyntaxError: Error, Equatable, CustomStringConvertible {
    /// One sentence.
    package let description: String
}

extension RunColumn {
    /// Reads a list of columns:
    /// ```
    /// columns   = column , { "," , column } ;
    /// column    = [ aggregate ] , key , [ "as" , name ] ;
    /// aggregate = "first" | "last" | "min" | "max" | "mean" | "count" ;    (* of a metric; last where nothing is said *)
    /// key       = attribute                                    (* status *)
    ///           | metric                                       (* any other word: loss *)
    ///           | "." , attribute | "=" , param                (* .status, =lr *)
    ///           | ( "metrics" | "params" | "tags" | "properties" | "attributes" | "system" ) , "." , name ;
    /// ```
    /// The families have the filter language's other spellings too (`metric`, `param`, `tag`, `property`). A word that is an
    /// attribute's is that attribute; `metrics.status` is the metric. Names with commas, or with ` as ` in them, stand in
    /// backticks or double quotes; blanks need none.
    package static func parse(_ text: String) throws(ColumnSyntaxError) -> [RunColumn] {
        var columns: [RunColumn] = []
        for part in try split(text) {
            let column = try column(part)
            if columns.contains(where: { $0.title == column.title }) {
                throw ColumnSyntaxError(
                    description: "Two columns are called “\(column.title)”; give one of them another name with `as`.")
            }
            columns.append(column)
        }
        return columns
    }

    /// A word of a column, and whether it stood in quotes.
    private struct Word {
        var text = ""
        var isQuoted = false
    }

    private static func split(_ text: String) throws(ColumnSyntaxError) -> [[Word]] {
        var parts: [[Word]] = [[]]
        var word: Word?
        var quote: Character?
        for character in text {
            if let end = quote {
                if character == end { quote = nil } else { word?.text.append(character) }
            } else if character == "`" || character == "\"" {
                quote = character
                word = Word(text: word?.text ?? "", isQuoted: true)
            } else if character == "," || character.isWhitespace {
                if let whole = word { parts[parts.count - 1].append(whole) }
                word = nil
                if character == "," { parts.append([]) }
            } else {
                word = Word(text: (word?.text ?? "") + String(character), isQuoted: word?.isQuoted ?? false)
            }
        }
        if let quote { throw ColumnSyntaxError(description: "The closing \(quote) of a column is missing.") }
        if let whole = word { parts[parts.count - 1].append(whole) }
        return parts
    }

    private static func column(_ given: [Word]) throws(ColumnSyntaxError) -> RunColumn {
        var words = given[...]
        var title: String?
        if let place = words.lastIndex(where: { !$0.isQuoted && $0.text == "as" }), place > words.startIndex,
            place < words.endIndex - 1
        {
            title = words[(place + 1)...].map(\.text).joined(separator: " ")
            words = words[..<place]
        }
        var aggregate: Aggregate?
        if words.count > 1, let first = words.first, !first.isQuoted, let known = Aggregate(rawValue: first.text) {
            aggregate = known
            words = words.dropFirst()
        }
        let isQuoted = words.first?.isQuoted ?? false
        let key = words.map(\.text).joined(separator: " ")
        if key.isEmpty {
            throw ColumnSyntaxError(
                description: "A column is empty; write KEY, =PARAM or .ATTRIBUTE between the commas.")
        }
        let source = try source(key, isQuoted: isQuoted, aggregate)
        if let title { return RunColumn(source, title: title) }
        return RunColumn(source, title: source.title)
    }

    private static func source(
        _ key: String, isQuoted: Bool, _ aggregate: Aggregate?
    ) throws(ColumnSyntaxError) -> Source {
        let source = try plainSource(key, isQuoted: isQuoted, isMetric: aggregate != nil)
        guard let aggregate else { return source }
        guard case .metric(let metric, _) = source else {
            throw ColumnSyntaxError(
                description:
                    "\(aggregate.rawValue) is of a metric; “\(key)” is none, so leave \(aggregate.rawValue) out.")
        }
        return .metric(metric, aggregate)
    }

    private static func plainSource(
        _ key: String, isQuoted: Bool, isMetric: Bool
    ) throws(ColumnSyntaxError) -> Source {
        if key.hasPrefix("="), key.count > 1 { return .param(String(key.dropFirst())) }
        if key.hasPrefix("."), key.count > 1 { return .attribute(try attribute(String(key.dropFirst()))) }
        if let dot = key.firstIndex(of: ".") {
            let name = String(key[key.index(after: dot)...])
            switch name.isEmpty ? "" : key[..<dot].lowercased() {
            case "metric", "metrics": return .metric(name, .last)
            case "system": if let key = SystemMetric.key(named: name) { return .metric(key, .last) }
            case "param", "params", "parameter", "parameters": return .param(name)
            case "tag", "tags": return .tag(name)
            case "property", "properties": return .property(name)
            case "attribute", "attributes", "attr", "run": return .attribute(try attribute(name))
            default: break
            }
        }
        if !isQuoted, !isMetric, let attribute = Attribute(rawValue: key) { return .attribute(attribute) }
        return .metric(key, .last)
    }

    private static func attribute(_ name: String) throws(ColumnSyntaxError) -> Attribute {
        if let attribute = Attribute(rawValue: name) { return attribute }
        let all = Attribute.allCases.map(\.rawValue).joined(separator: ", ")
        throw ColumnSyntaxError(description: "Runs have no attribute “\(name)”; there are \(all).")
    }
}

extension RunColumn.Source {
    /// What stands above a column that is given no name.
    fileprivate var title: String {
        switch self {
        case .attribute(let attribute): attribute.rawValue
        case .metric(let key, .last): SystemMetric.name(of: key) ?? key
        case .param(let key), .tag(let key), .property(let key): key
        case .metric(let key, let aggregate): "\(aggregate.rawValue) \(key)"
        }
    }
}
