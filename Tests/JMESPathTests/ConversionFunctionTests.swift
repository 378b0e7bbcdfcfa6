import Testing

@Suite struct ConversionFunctionTests {
    @Test func type() {
        expect(
            on: "{}",
            [
                "type('a')": #""string""#, "type(`1`)": #""number""#, "type(`1.5`)": #""number""#,
                "type(`true`)": #""boolean""#, "type(`[]`)": #""array""#, "type(@)": #""object""#,
                "type(`null`)": #""null""#, "type(absent)": #""null""#, "type(`99999999999999999999`)": #""number""#,
                "type()": "!invalid-arity", "type(@, @)": "!invalid-arity",
            ])
    }

    @Test func toArrayAndNotNull() {
        expect(
            on: #"{"l":[1],"n":null}"#,
            [
                "to_array(l)": "[1]", "to_array(`1`)": "[1]", "to_array(n)": "[null]",
                "to_array(@)": #"[{"l":[1],"n":null}]"#, "to_array()": "!invalid-arity",
                "not_null(n, l)": "[1]", "not_null(n, absent)": "null", "not_null(n, `false`)": "false",
                "not_null(l, n, l)": "[1]", "not_null()": "!invalid-arity",
                "not_null(n, abs('a'))": "!invalid-type",
            ])
    }

    @Test func toString() {
        expect(
            on: #"{"s":"é","l":[1, 2.50, "é\u007f\"", null, true],"o":{"b": [], "a": {}}}"#,
            [
                "to_string(s)": "\"é\"", "to_string(`1`)": #""1""#, "to_string(`1.0`)": #""1.0""#,
                "to_string(`1e3`)": #""1000.0""#, "to_string(`true`)": #""true""#,
                "to_string(`null`)": #""null""#, "to_string(l)": #""[1,2.5,\"\\u00e9\\u007f\\\"\",null,true]""#,
                "to_string(o)": #""{\"b\":[],\"a\":{}}""#, "to_string('')": #""""#,
                "to_string(`99999999999999999999`)": #""99999999999999999999""#,
                "to_string([`\"\\ud83d\\ude00\"`])": #""[\"\\ud83d\\ude00\"]""#, "to_string()": "!invalid-arity",
                "to_string(&a)": "!invalid-type",
            ])
    }

    @Test func toNumber() {
        expect(
            on: "{}",
            [
                "to_number('1')": "1", "to_number('1.0')": "1.0", "to_number('-2e3')": "-2000.0",
                "to_number('99999999999999999999')": "99999999999999999999",
                "to_number(`1.5`)": "1.5", "to_number(`7`)": "7", "to_number(' 1\n')": "1", "to_number('+1')": "1",
                "to_number('01')": "1", "to_number('1_000')": "1000",
                "to_number('.5')": "0.5", "to_number('5.')": "5.0", "to_number('1e400')": "Infinity",
                "to_number('-inf')": "-Infinity", "to_number('NaN')": "NaN",
                "to_number('\u{661}\u{662}')": "12", "to_number('')": "null", "to_number(' ')": "null",
                "to_number('abc')": "null", "to_number('0x10')": "null", "to_number('1 2')": "null",
                "to_number('1__0')": "null", "to_number('_1')": "null", "to_number('1_')": "null",
                "to_number('--1')": "null", "to_number('1e')": "null", "to_number('.')": "null",
                "to_number('-')": "null", "to_number('infinit')": "null", "to_number('e1')": "null",
                "to_number('1.2.3')": "null",
                "to_number(`true`)": "null", "to_number(`null`)": "null", "to_number(`[1]`)": "null",
                "to_number(`{}`)": "null", "to_number()": "!invalid-arity", "to_number('1', '1')": "!invalid-arity",
            ])
    }
}
