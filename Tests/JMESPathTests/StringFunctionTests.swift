import Testing

@Suite struct StringFunctionTests {
    @Test func startsAndEnds() {
        expect(
            on: #"{"s":"café","d":"cafe\u0301"}"#,
            [
                "starts_with(s, 'ca')": "true", "starts_with(s, '')": "true", "starts_with(s, 'Ca')": "false",
                "starts_with('a', 'ab')": "false",
                "ends_with(s, 'é')": "true", "ends_with(d, 'é')": "false", "ends_with(d, '\u{301}')": "true",
                "ends_with(s, '')": "true",
                "starts_with(d, 'cafe')": "true", "ends_with('b', 'ab')": "false",
                "starts_with(s, `1`)": "!invalid-type", "starts_with(`1`, s)": "!invalid-type",
                "ends_with(s, `null`)": "!invalid-type", "ends_with(`[]`, s)": "!invalid-type",
                "starts_with(s)": "!invalid-arity", "ends_with(s, s, s)": "!invalid-arity",
            ])
    }

    @Test func contains() {
        expect(
            on: #"{"s":"foobar","d":"e\u0301","l":["a",1,null,[1],{"k":1.0},true]}"#,
            [
                "contains(s, 'oba')": "true", "contains(s, '')": "true", "contains('', '')": "true",
                "contains(s, 'obo')": "false", "contains('aab', 'ab')": "true",
                "contains(d, 'e')": "true", "contains(d, 'é')": "false", "contains(l, 'a')": "true",
                "contains(l, `1.0`)": "true", "contains(l, `[1]`)": "true",
                "contains(l, `{\"k\":1}`)": "true", "contains(l, `null`)": "true", "contains(l, `2`)": "false",
                "contains(l, 'A')": "false", "contains(`[1]`, `true`)": "false",
                "contains(`[false]`, `0`)": "false", "contains(s, `1`)": "false", "contains(`1`, `1`)": "!invalid-type",
                "contains(`{}`, 'a')": "!invalid-type",
                "contains(`null`, 'a')": "!invalid-type", "contains(l)": "!invalid-arity",
                "contains(l, 'a', 'a')": "!invalid-arity", "contains(l, &@)": "!invalid-type",
            ])
    }

    @Test func join() {
        expect(
            on: #"["a","b","c"]"#,
            [
                "join(', ', @)": #""a, b, c""#, "join('', @)": #""abc""#, "join(',', `[]`)": #""""#,
                "join(',', `[\"a\"]`)": #""a""#, "join(',', `[\"a\", 1]`)": "!invalid-type",
                "join(',', `[1]`)": "!invalid-type", "join(`1`, @)": "!invalid-type",
                "join(',', 'abc')": "!invalid-type", "join(@, ',')": "!invalid-type", "join(',')": "!invalid-arity",
            ])
    }

    @Test func reverseAndLength() {
        expect(
            on: #"{"s":"añ😀","d":"e\u0301","family":"\ud83d\udc68\u200d\ud83d\udc69","l":[1,2,[3]],"o":{"a":1,"b":2}}"#,
            [
                "length(s)": "3", "length(d)": "2", "length(family)": "3", "length('')": "0", "length(l)": "3",
                "length(o)": "2", "length(`[]`)": "0", "length('\r\n')": "2",
                "reverse(s)": "\"😀ña\"", "reverse(d)": "\"\u{301}e\"", "reverse(l)": "[[3],2,1]", "reverse(`[]`)": "[]",
                "reverse('')": #""""#,
                "length(`1`)": "!invalid-type", "length(`null`)": "!invalid-type", "length(`true`)": "!invalid-type",
                "reverse(o)": "!invalid-type", "reverse(`1`)": "!invalid-type",
                "length()": "!invalid-arity", "length(s, s)": "!invalid-arity", "reverse()": "!invalid-arity",
            ])
    }
}
