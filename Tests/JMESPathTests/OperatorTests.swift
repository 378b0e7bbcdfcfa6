import Testing

/// Comparisons, boolean operators, pipes, parentheses, selections, and how tightly each binds.
@Suite struct OperatorTests {
    private let values = #"""
        {"t":true,"f":false,"n":null,"zero":0,"one":1,"two":2,"half":0.5,"s":"a","z":"b","e":"","l":[],"o":{},"l1":[1],"o1":{"k":[1]}}
        """#

    @Test func equality() {
        expect(
            on: values,
            [
                "one == `1`": "true", "one == `1.0`": "true", "one != two": "true", "one == '1'": "false",
                "zero == f": "false",
                "one == t": "false", "n == absent": "true", "n == f": "false", "s == 'a'": "true", "e == n": "false",
                "l == `[]`": "true", "l == o": "false", "l1 == `[1.0]`": "true", "o1 == `{\"k\":[1]}`": "true",
                "o1 != o": "true",
                "`{\"a\":1,\"b\":2}` == `{\"b\":2,\"a\":1}`": "true", "`[1,2]` == `[2,1]`": "false",
                "`[true]` == `[1]`": "false",
                "`{\"a\":1}` == `{\"a\":null}`": "false", "`{\"a\":null}` == `{\"b\":null}`": "false",
                "`\"\\u00e9\"` == `\"e\\u0301\"`": "false",
                "`9007199254740993` == `9007199254740992.0`": "false",
                "`9007199254740992` == `9007199254740992.0`": "true",
                "`100000000000000000000` == `1e20`": "true", "`100000000000000000001` == `1e20`": "false",
                "`-0.0` == `0`": "true",
                "`NaN` == `NaN`": "false", "`NaN` != `NaN`": "true", "s = 'a'": "!syntax", "s === 'a'": "!syntax",
                "== one": "!syntax",
            ])
    }

    @Test func ordering() {
        expect(
            on: values,
            [
                "one < two": "true", "one <= `1`": "true", "two > half": "true", "two >= `2.0`": "true",
                "two < one": "false",
                "half <= `0`": "false", "`9007199254740993` > `9007199254740992.0`": "true",
                "`-9223372036854775809` < `-9223372036854775808`": "true",
                "`1e400` > `99999999999999999999999`": "true", "`-Infinity` < `-1`": "true", "`NaN` < `1`": "false",
                "`NaN` >= `NaN`": "false",
                "t > f": "null", "one < t": "null", "n < one": "null", "l < l1": "null", "o >= o": "null",
                "s < one": "null", "one > s": "null",
                "one <": "!syntax", "< one": "!syntax", "one <> two": "!syntax", "one => two": "!syntax",
            ])
    }

    /// As jmespath.py does; dates of ISO 8601 are compared so.
    @Test func orderingOfTexts() {
        expect(
            on: values,
            [
                "s < z": "true", "s > z": "false", "s <= 'a'": "true", "s >= 'aa'": "false", "e < s": "true",
                "'Z' < 'a'": "true",
                "'é' > 'z'": "true", "'\u{FFFF}' < '\u{1F600}'": "true",
                "'2026-11-02' > '2026-10-31T23:00:00Z'": "true",
            ])
    }

    @Test func booleans() {
        expect(
            on: values,
            [
                "t && one": "1", "f && one": "false", "n && one": "null", "l && one": "[]", "e && one": #""""#,
                "zero && one": "1",
                "f || one": "1", "zero || one": "0", "e || l || o || n || s": #""a""#, "e || l || o || n": "null",
                "n || f": "false",
                "!t": "false", "!f": "true", "!n": "true", "!zero": "false", "!e": "true", "!l": "true", "!o": "true",
                "!l1": "false",
                "!!zero": "true", "!absent": "true", "! t": "false", "f && absent(@)": "false",
                "t || absent(@)": "true",
                "&& t": "!syntax", "t ||": "!syntax", "t && || f": "!syntax", "!": "!syntax", "t !": "!syntax",
            ])
    }

    @Test func precedence() {
        expect(
            on: values,
            [
                "t || f && f": "true", "(t || f) && f": "false", "f && f || one": "1",
                "one == `1` && two == `2`": "true", "one < two == t": "true",
                "!t == f": "true", "!(t == f)": "true", "!one == two": "false", "one | two": "null",
                "t || f | @": "true", "f && t | !@": "true",
                "!o1.k": "null", "!(o1.k)": "false", "!l1[0]": "false", "!length(l)": "false", "l1[0] == one": "true",
                "(one)": "1", "((o1).k)[0]": "1",
                "one || two == two": "1", "n || two == two": "true", "()": "!syntax", "(one": "!syntax",
                "one)": "!syntax", "(one, two)": "!syntax",
            ])
    }

    @Test func pipes() {
        expect(
            on: #"{"a":{"b":[{"c":1},{"c":2}]}}"#,
            [
                "a | b": #"[{"c":1},{"c":2}]"#, "a.b[*].c | [0]": "1", "a | b | [1] | c": "2", "a.b[*].c | @": "[1,2]",
                "a |": "!syntax",
                "| a": "!syntax", "absent | b": "null", "a | `5`": "5",
                "a | [b, @.b[0]]": #"[[{"c":1},{"c":2}],{"c":1}]"#,
            ])
    }

    @Test func selections() {
        expect(
            on: #"{"b":2,"a":1,"l":[{"a":1,"b":null},{"a":3}],"n":null}"#,
            [
                "[a, b]": "[1,2]", "[a]": "[1]", "[a, absent]": "[1,null]", "[ [a], [b] ]": "[[1],[2]]",
                "{x: a}": #"{"x":1}"#,
                "{z: a, \"y y\": b, a: `0`}": #"{"z":1,"y y":2,"a":0}"#, "{x: a, x: b}": #"{"x":2}"#,
                "{x: a, y: b, x: b}": #"{"x":2,"y":2}"#,
                "l[*].[a, b]": "[[1,null],[3,null]]", "l[*].{q: a}": #"[{"q":1},{"q":3}]"#, "n.[a]": "null",
                "n.{x: a}": "null", "absent.[a]": "null",
                "l.[length(@), [0].a]": "[2,1]", "{x: {y: a}}": #"{"x":{"y":1}}"#, "[@.a, 'x', `1`]": #"[1,"x",1]"#,
                "a.[b]": "[null]", "[a,]": "!syntax",
                "[a b]": "!syntax", "[,a]": "!syntax", "{}": "!syntax", "{a}": "!syntax", "{a:}": "!syntax",
                "{'a': b}": "!syntax", "{a: b,}": "!syntax",
                "{1: b}": "!syntax", "{a: b": "!syntax", "a{x: b}": "!syntax", "a[b]": "!syntax",
            ])
        expect(on: "null", ["[a]": "null", "{a: a}": "null", "[`1`]": "null"])
    }
}
