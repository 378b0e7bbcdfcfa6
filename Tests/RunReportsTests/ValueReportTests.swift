import JMESPath
import RunReports
import Testing

/// The rules of `az` for what a query makes.
@Suite struct ValueReportTests {
    private func text(_ json: String, _ format: OutputFormat) throws -> String {
        try ValueReport.text(of: JSONReader.read(Array(json.utf8)), as: format)
    }

    @Test(arguments: [
        (#"["a","b"]"#, "a\nb\n"), (#"[["a",1,null,true],["b",2.5,[1,2],{"x":1}]]"#, "a\t1\tNone\tTrue\nb\t2.5\t2\t\n"),
        (#"{"z":"last","a":"first"}"#, "last\tfirst\n"), ("true", "true\n"), ("null", "None\n"), ("[]", ""),
        (#""a\tb""#, "a\\tb\n"), ("[12345678901234567890]", "12345678901234567890\n"),
    ])
    func writesTSV(_ json: String, _ expected: String) throws { #expect(try text(json, .tsv) == expected) }

    @Test(arguments: [
        (
            #"[{"name":"x","n":1,"skipped":[1]},{"n":22,"later":true}]"#,
            "Name  N   Later\n----  --  -----\nx     1\n      22  True\n"
        ),
        (#"["a","b"]"#, "Result\n------\na\nb\n"),
        (#"[["a",null],["b",[1]]]"#, "Column1  Column2\n-------  -------\na\nb        [1]\n"),
        ("[]", ""), (#"[{"a":null}]"#, ""), (#""\u001b[31m\u202e""#, "Result\n------\n␛[31m�\n"),
    ])
    func writesTables(_ json: String, _ expected: String) throws {
        let table = try text(json, .table)
        if json.contains("001b") {
            #expect(!table.contains("\u{1B}") && !table.contains("\u{202E}") && table.hasPrefix("Result\n"))
        } else {
            #expect(table == expected)
        }
    }

    @Test func writesLinesYAMLAndSheets() throws {
        #expect(try text(#"[{"a":1},[],"x"]"#, .jsonl) == "{\"a\":1}\n[]\n\"x\"\n")
        #expect(try text(#"{"a":1}"#, .jsonl) == "{\"a\":1}\n")
        #expect(try text(#"{"a":["x","no","1",1.5,null]}"#, .yaml) == "a:\n- x\n- \"no\"\n- \"1\"\n- 1.5\n- null\n")
        #expect(try text(#"[{"a":"x,y"}]"#, .csv) == "A\n\"x,y\"\n")
        #expect(try text(#"[1]"#, .json) == "[\n  1\n]\n")
    }
}
