import JMESPath
import Testing

@Suite struct ErrorTests {
    private func error(_ expression: String, on given: String = "{}") -> JMESPathError? {
        do throws(JMESPathError) {
            _ = try JMESPathQuery(expression).search(.object(JSONObject()))
            return nil
        } catch {
            return error
        }
    }

    @Test func tellTheirPlaceInScalars() {
        for (expression, place) in [
            ("", 0), ("a.", 2), ("a]", 1), ("é", 0), ("'é😀'.", 5), ("a = b", 2), ("foo[?a==`1`", 11), ("a 'x'", 2),
            ("'abc", 0), ("a.\"x", 2), ("a || `\"`", 5), ("length(@", 8),
            ("[1:2:3:4]", 6), ("&a", 0), ("{a: b, c}", 8), ("a-1", 1), ("a -", 2), ("[a, #]", 4), ("\"f\"(a)", 3),
            ("  ", 2),
        ] {
            let error = error(expression)
            #expect(error?.kind == .syntax, "\(expression)")
            #expect(error?.place == place, "\(expression): \(error?.description ?? "no error")")
        }
    }

    @Test func areSentences() {
        for (expression, sentence) in [
            ("foo[?a==", "syntax at character 9: the expression ends where a value is missing."),
            ("[a b]", "syntax at character 4: ']' is missing before a name."),
            (
                "length(`1`)",
                "invalid-type: argument 1 of length() must be a string, an array or an object and is a number."
            ),
            (
                "sum(`[1, \"a\"]`)",
                "invalid-type: argument 1 of sum() must be an array of numbers and is an array with other elements."
            ),
            (
                "sum(`[\"a\"]`)",
                "invalid-type: argument 1 of sum() must be an array of numbers and is an array of strings."
            ),
            ("abs(&a)", "invalid-type: argument 1 of abs() must be a number and is an &expression."),
            ("abs(`null`)", "invalid-type: argument 1 of abs() must be a number and is null."),
            (
                "sort_by(`[{}]`, &a)",
                "invalid-type: the expression of sort_by() must give only numbers or only strings and gives null."
            ),
            (
                "max_by(`[1, \"a\"]`, &@)",
                "invalid-type: the expression of max_by() must give only numbers or only strings and gives both."
            ),
            ("abs()", "invalid-arity: abs() takes 1 argument, and 0 came."),
            ("merge()", "invalid-arity: merge() takes at least 1 argument, and 0 came."),
            ("join(',')", "invalid-arity: join() takes 2 arguments, and 1 came."),
            ("`[1]`[::0]", "invalid-value: the step of a slice cannot be 0."),
            ("bogus(@)", "unknown-function: there is no function bogus()."),
        ] {
            #expect(error(expression)?.description == sentence)
        }
    }
}
