import Testing

/// Wildcards, flattening, filters, and where projections end.
@Suite struct ProjectionTests {
    private let people = #"""
        {"people":[{"name":"a","age":30,"tags":["x","y"]},{"name":"b","age":20},{"age":10,"tags":["z"]},5,null],
        "ops":{"one":{"args":1},"two":{"args":2},"three":{"other":3},"four":null},"text":"t","empty":[]}
        """#

    @Test func listWildcards() {
        expect(
            on: people,
            [
                "people[*].name": #"["a","b"]"#, "people[*].age": "[30,20,10]", "people[*].tags[0]": #"["x","z"]"#,
                "people[*].tags[*]": #"[["x","y"],["z"]]"#, "people[*].absent": "[]", "people[-2:]": "[5]",
                "empty[*]": "[]", "empty[*].a": "[]", "ops[*]": "null", "text[*]": "null", "absent[*]": "null",
                "[*]": "null", "people[ * ].name": #"["a","b"]"#, "people[*]name": "!syntax", "people[*": "!syntax",
                "people.[*]": "[null]", "people.*": "null", "people[*]*": "!syntax", "people[*](a)": "!syntax",
            ])
        expect(
            on: "[[1,2],[3],4]",
            ["[*]": "[[1,2],[3],4]", "[*][0]": "[1,3]", "[*][*]": "[[1,2],[3]]", "@[*]": "[[1,2],[3],4]"])
        expect(on: "[1,null]", ["[*]": "[1]"])
    }

    @Test func objectWildcards() {
        expect(
            on: people,
            [
                "ops.*": #"[{"args":1},{"args":2},{"other":3}]"#, "ops.*.args": "[1,2]", "ops.*.*": "[[1],[2],[3]]",
                "people.*": "null", "text.*": "null", "absent.*": "null", "*.one.args": "[1]", "*.args": "[]",
                "ops.* | [0]": #"{"args":1}"#, "ops.*.[args]": "[[1],[2],[null]]",
                "ops.*.{a: args}": #"[{"a":1},{"a":2},{"a":null}]"#,
                "* .text": "[]", "**": "!syntax", "*a": "!syntax", "ops.*.": "!syntax", "ops*": "!syntax",
            ])
        expect(on: #"{"z":1,"a":{"y":2,"b":3}}"#, ["*": #"[1,{"y":2,"b":3}]"#, "*.*": "[[2,3]]", "a.*": "[2,3]"])
    }

    @Test func flattening() {
        expect(
            on: "[[1,2],3,[],[[4]],null,{\"a\":[5]}]",
            [
                "[]": #"[1,2,3,[4],{"a":[5]}]"#, "[][]": #"[1,2,3,4,{"a":[5]}]"#, "[] | [3]": "[4]", "[].a": "[[5]]",
                "[].a[]": "[5]", "[].a | []": "[5]", "[*][]": #"[1,2,3,[4],{"a":[5]}]"#,
                "@[]": #"[1,2,3,[4],{"a":[5]}]"#,
                "[ ]": "!syntax",
            ])
        expect(
            on: people,
            [
                "people[].tags[]": #"["x","y","z"]"#, "people[].tags": #"[["x","y"],["z"]]"#, "ops[]": "null",
                "text[]": "null", "people[*].tags[]": #"["x","y","z"]"#, "people[].tags[][0]": "[]",
                "ops.*[]": #"[{"args":1},{"args":2},{"other":3}]"#,
            ])
    }

    @Test func filters() {
        expect(
            on: people,
            [
                "people[?name].name": #"["a","b"]"#, "people[?name=='a'].age": "[30]",
                "people[? age > `15` ].name": #"["a","b"]"#,
                "people[?age >= `20` && name != 'a'].name": #"["b"]"#, "people[?!tags].name": #"["b"]"#,
                "people[?tags[?@=='z']].age": "[10]", "people[?contains(tags || `[]`, 'x')].name": #"["a"]"#,
                "people[?@==`5`]": "[5]", "people[?absent]": "[]", "people[?`true`] | length(@)": "4",
                "people[?`false`]": "[]",
                "people[?age > `15`] | [1].name": #""b""#, "people[?age][?name]": "[]",
                "people[?tags].tags[]": #"["x","y","z"]"#,
                "ops[?args]": "null", "text[?@]": "null", "empty[?@]": "[]", "people[?]": "!syntax",
                "people[?name": "!syntax",
                "people[ ?name]": "!syntax", "people[?name=='a'": "!syntax", "people.[?name]": "!syntax",
            ])
        expect(on: "[0,1,\"\",[],{},false,null,\"a\"]", ["[?@]": #"[0,1,"a"]"#, "[?!@]": #"["",[],{},false]"#])
    }

    @Test func projectionsEnd() {
        expect(
            on: #"{"a":[{"b":[1,2]},{"b":[3]}],"c":{"x":{"d":[5,6]},"y":{"d":[7]}}}"#,
            [
                "a[*].b[0]": "[1,3]", "(a[*].b)[0]": "[1,2]", "a[*].b | [0]": "[1,2]", "a[].b[]": "[1,2,3]",
                "a[*].b[] | [2]": "3",
                "a[*].b[0] == `[1,3]`": "true", "a[*].b || `0`": "[[1,2],[3]]",
                "a[*].{n: length(b)}": #"[{"n":2},{"n":1}]"#,
                "a[*].b.length(@)": "[2,1]", "a[*].b | length(@)": "2", "c.*.d[0]": "[5,7]", "c.*.d[]": "[5,6,7]",
                // Behind `x.*` one name belongs to the projection, as in jmespath.py.
                "c.*.d.e": "null", "*.x.d": "[[5,6]]",
            ])
    }
}
