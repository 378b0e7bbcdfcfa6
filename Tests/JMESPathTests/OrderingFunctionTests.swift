import Testing

@Suite struct OrderingFunctionTests {
    @Test func maxAndMin() {
        expect(
            on: #"{"n":[2,10,-1.5],"s":["b","a","ab"],"mixed":[1,"a"]}"#,
            [
                "max(n)": "10", "min(n)": "-1.5", "max(s)": #""b""#, "min(s)": #""a""#, "max(`[]`)": "null",
                "min(`[]`)": "null", "max(`[1, 1.0]`)": "1", "min(`[1.0, 1]`)": "1.0",
                "max(`[\"Z\", \"a\"]`)": #""a""#, "max(`[99999999999999999999, 1e19]`)": "99999999999999999999",
                "max(mixed)": "!invalid-type", "min(`[\"a\", 1]`)": "!invalid-type",
                "max(`[null]`)": "!invalid-type", "max(`[[1]]`)": "!invalid-type", "min(`[true]`)": "!invalid-type",
                "max('abc')": "!invalid-type", "min(@)": "!invalid-type",
                "max()": "!invalid-arity", "min(n, n)": "!invalid-arity",
            ])
    }

    @Test func sort() {
        expect(
            on: #"["b","a","B","é","e\u0301","😀","\uffff",""]"#,
            [
                "sort(@)": "[\"\",\"B\",\"a\",\"b\",\"e\u{301}\",\"é\",\"\u{FFFF}\",\"😀\"]",
                "sort(`[3, 1.5, 2]`)": "[1.5,2,3]", "sort(`[1.0, 1, 0]`)": "[0,1.0,1]", "sort(`[]`)": "[]",
                "sort(`[1, \"a\"]`)": "!invalid-type", "sort(`[null]`)": "!invalid-type", "sort(`{}`)": "!invalid-type",
                "sort('b')": "!invalid-type", "sort()": "!invalid-arity",
            ])
    }

    private let people =
        #"{"p":[{"n":"b","a":2},{"n":"a","a":3},{"n":"c","a":2}],"odd":[{"a":1},{"a":"x"}],"none":[{"a":1},{"b":2}]}"#

    @Test func sortBy() {
        expect(
            on: people,
            [
                "sort_by(p, &a)[].n": #"["b","c","a"]"#, "sort_by(p, &n)[].n": #"["a","b","c"]"#,
                "sort_by(p, &to_string(a))[*].a": "[2,2,3]", "sort_by(`[]`, &a)": "[]",
                "reverse(sort_by(p, &a))[0].n": #""a""#, "sort_by(p, & a || n) | [0].n": #""b""#,
                "sort_by(odd, &a)": "!invalid-type", "sort_by(none, &a)": "!invalid-type",
                "sort_by(p, &x)": "!invalid-type", "sort_by(p, &@)": "!invalid-type", "sort_by(p, a)": "!invalid-type",
                "sort_by(p, 'a')": "!invalid-type", "sort_by(&a, p)": "!invalid-type",
                "sort_by(@, &a)": "!invalid-type", "sort_by(p)": "!invalid-arity",
                "sort_by(p, &abs(n))": "!invalid-type", "sort_by(p, &bogus(n))": "!unknown-function",
                "sort_by(p, &)": "!syntax", "sort_by(p, &a": "!syntax",
            ])
    }

    @Test func maxByAndMinBy() {
        expect(
            on: people,
            [
                "max_by(p, &a).n": #""a""#, "min_by(p, &a).n": #""b""#, "max_by(p, &n).n": #""c""#,
                "min_by(p, &n).a": "3", "max_by(`[]`, &a)": "null", "min_by(`[]`, &a)": "null",
                "max_by(odd, &a)": "!invalid-type", "min_by(none, &a)": "!invalid-type",
                "max_by(p, &@)": "!invalid-type", "min_by(p, a)": "!invalid-type", "max_by(@, &a)": "!invalid-type",
                "max_by(p)": "!invalid-arity", "min_by(p, &a, &a)": "!invalid-arity",
                "min_by(p, &`true`)": "!invalid-type",
            ])
    }

    @Test func map() {
        expect(
            on: people,
            [
                "map(&n, p)": #"["b","a","c"]"#, "map(&x, p)": "[null,null,null]", "map(&a, none)": "[1,null]",
                "map(&[a], p)[]": "[2,3,2]", "map(&@, `[]`)": "[]",
                "map(&to_string(a), p)": #"["2","3","2"]"#, "map(&map(&@, [a]), p)": "[[2],[3],[2]]",
                "map(n, p)": "!invalid-type", "map(&n, @)": "!invalid-type", "map(&n, 'a')": "!invalid-type",
                "map(&n)": "!invalid-arity", "map(p, &n)": "!invalid-type", "map(&abs(n), p)": "!invalid-type",
            ])
    }
}
