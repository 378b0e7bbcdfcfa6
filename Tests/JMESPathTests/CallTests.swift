import Testing

/// Calls as such, and expression references.
@Suite struct CallTests {
    @Test func names() {
        expect(
            on: #"{"length":[1,2],"a":{"b":[3]}}"#,
            [
                "length": "[1,2]", "length(length)": "2", "length (length)": "2", "a.length(b)": "1",
                "a.b.length(@)": "1", "a | length(b)": "1",
                "bogus(@)": "!unknown-function", "Length(@)": "!unknown-function", "bogus(abs('a'))": "!invalid-type",
                "bogus()": "!unknown-function", "[?bogus(@)]": "null",
                "length[?bogus(@)]": "!unknown-function", "absent || bogus(@)": "!unknown-function",
                "length && length || bogus(@)": "[1,2]",
                "\"length\"(length)": "!syntax", "@(length)": "!syntax", "'length'(length)": "!syntax",
                "a.b()()": "!syntax", "length(": "!syntax", "length(length": "!syntax", "length)": "!syntax",
                "length(,)": "!syntax", "length(,length)": "!syntax", "a[0](b)": "!syntax",
            ])
    }

    /// jmespath.py reads these, so that scripts may have them.
    @Test func commasThatAreMissingOrTooMany() {
        expect(
            on: #"{"a":"xyz","b":"x"}"#,
            [
                "starts_with(a b)": "true", "starts_with(a, b,)": "true", "{a: a b: b}": #"{"a":"xyz","b":"x"}"#,
                "starts_with(a,, b)": "!syntax",
            ])
    }

    @Test func expressionReferences() {
        expect(
            on: #"{"l":[{"a":{"b":2}},{"a":{"b":1}}]}"#,
            [
                "sort_by(l, &a.b)[].a.b": "[1,2]", "sort_by(l,&a.b | @)[0].a.b": "1", "min_by(l, &(a.b)).a.b": "1",
                "map(& a.b == `2`, l)": "[true,false]",
                "sort_by(l, &!a)": "!invalid-type", "to_array(&a)": "!invalid-type", "type(&a)": "!invalid-type",
                "length(&a)": "!invalid-type", "not_null(&a)": "!invalid-type",
                "&a": "!syntax", "[&a]": "!syntax", "{a: &a}": "!syntax", "l[?&a]": "!syntax", "(&a)": "!syntax",
                "a || &b": "!syntax", "map(&&a, l)": "!syntax", "a & b": "!syntax",
                "sort_by(l, (&a))": "!syntax",
            ])
    }
}
