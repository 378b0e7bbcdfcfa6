import JMESPath
import Testing

/// The compact JSON of what `expression` makes of `given`, or `!` and the class of the error.
func answer(_ expression: String, _ given: String) -> String {
    do {
        let value = try JSONReader.read(Array(given.utf8))
        let result = try JMESPathQuery(expression).search(value)
        return try JSONWriter.text(of: result, layout: .compact, escaping: .unprintable)
    } catch let error as JMESPathError {
        return "!" + error.kind.rawValue
    } catch {
        return "!\(error)"
    }
}

/// Checks a table of expressions and their answers on one value.
func expect(
    on given: String, _ cases: KeyValuePairs<String, String>, sourceLocation: SourceLocation = #_sourceLocation
) {
    for (expression, expected) in cases {
        let found = answer(expression, given)
        #expect(found == expected, "\(expression) on \(given)", sourceLocation: sourceLocation)
    }
}
