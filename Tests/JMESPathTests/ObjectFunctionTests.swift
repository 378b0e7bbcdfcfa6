import Testing

@Suite struct ObjectFunctionTests {
    @Test func keysAndValues() {
        expect(
            on: #"{"z":1,"a":[2],"m":null}"#,
            [
                "keys(@)": #"["z","a","m"]"#, "values(@)": "[1,[2],null]", "keys(`{}`)": "[]", "values(`{}`)": "[]",
                "sort(keys(@))": #"["a","m","z"]"#,
                "keys(`{\"b\":1,\"a\":2,\"b\":3}`)": #"["b","a"]"#, "keys(`[1]`)": "!invalid-type",
                "values('a')": "!invalid-type", "keys(`null`)": "!invalid-type",
                "values(`false`)": "!invalid-type", "keys()": "!invalid-arity", "values(@, @)": "!invalid-arity",
            ])
    }

    @Test func merge() {
        expect(
            on: #"{"a":{"x":1,"y":2},"b":{"y":3,"z":4}}"#,
            [
                "merge(a, b)": #"{"x":1,"y":3,"z":4}"#, "merge(b, a)": #"{"y":2,"z":4,"x":1}"#,
                "merge(a)": #"{"x":1,"y":2}"#, "merge(a, b, `{\"x\":null}`)": #"{"x":null,"y":3,"z":4}"#,
                "merge(`{}`, `{}`)": "{}", "merge(a, `[]`)": "!invalid-type", "merge(a, `null`)": "!invalid-type",
                "merge('a')": "!invalid-type", "merge()": "!invalid-arity",
            ])
    }

    @Test func manyKeysStayInOrderAndApart() {
        let names = (0..<40).map { "k\(39 - $0)" }
        let given = "{" + names.map { "\"\($0)\":\"\($0)\"" }.joined(separator: ",") + #","é":1,"e\u0301":2,"k7":true}"#
        expect(
            on: given,
            [
                "k39": #""k39""#, "k0": #""k0""#, "k7": "true", "\"é\"": "1", #""e\u0301""#: "2", "length(@)": "42",
                "keys(@)[:2]": #"["k39","k38"]"#, "keys(@)[32]": #""k7""#,
            ])
    }
}
