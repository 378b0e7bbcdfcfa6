import RunModel
import RunServices

/// What a filter of run history asks of runs.
enum AzureFilterMapping {
    /// Longer than any client's.
    private static let longest = 65_536

    /// Nil for a text that lets every run pass. Throws `invalid` for what is no filter, or asks for what no run has.
    static func condition(_ text: String?) throws(RunServiceError) -> RunCondition? {
        guard let text, text.contains(where: { $0 != " " }) else { return nil }
        guard text.utf8.count <= longest else {
            throw RunServiceError(.invalid, "The filter is longer than \(longest) bytes; ask for fewer runs at a time.")
        }
        let expression: ODataExpression
        do throws(ODataParser.Malformed) {
            expression = try ODataParser.parse(text)
        } catch {
            throw RunServiceError(
                .invalid, "The filter is not understood: at byte \(error.position) \(error.expected) is expected.")
        }
        return try condition(expression)
    }

    private static func condition(_ expression: ODataExpression) throws(RunServiceError) -> RunCondition {
        if let field = expression.presenceField { return try AzureRunField(field).compared(.isNotNull, []) }
        switch expression {
        case .and(let parts): return .and(try each(parts))
        case .or(let parts): return .or(try each(parts))
        case .comparison(let comparison): return try condition(comparison)
        }
    }

    private static func each(_ parts: [ODataExpression]) throws(RunServiceError) -> [RunCondition] {
        var conditions: [RunCondition] = []
        for part in parts { conditions.append(try condition(part)) }
        return conditions
    }

    private static func condition(_ comparison: ODataComparison) throws(RunServiceError) -> RunCondition {
        let field = try AzureRunField(comparison.field)
        switch (comparison.value, comparison.comparator) {
        case (.null, .equal): return try field.compared(.isNull, [])
        case (.null, .notEqual): return try field.compared(.isNotNull, [])
        case (.null, _):
            throw RunServiceError(.invalid, "Nothing is more or less than null; compare it with eq or ne.")
        case (.text(let text), .notEqual):
            // What is absent differs from every value, as OData has it.
            return .or([try field.compared(.isNull, []), try field.compared(.notEqual, [text])])
        case (.text(let text), let comparator): return try field.compared(comparator.meaning, [text])
        }
    }
}

extension ODataComparator {
    /// The comparator of the filter language that asks the same.
    fileprivate var meaning: FilterComparator {
        switch self {
        case .equal: .equal
        case .notEqual: .notEqual
        case .greater: .greater
        case .greaterOrEqual: .greaterOrEqual
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        }
    }
}
