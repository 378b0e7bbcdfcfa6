import JMESPath
import RunModel
import RunReports
import Testing
import Yams

@Suite struct ListWriterTests {
    private static let now = Timestamp(milliseconds: 1_800_000_000_000)

    private func write(
        _ runs: [[Run]], _ format: OutputFormat, _ columns: String? = nil, width: Int? = nil
    ) throws -> String {
        let columns = try columns.map { try RunColumn.parse($0) }
        var writer = ListWriter(format, columns: (columns ?? RunColumn.standard).map(\.layout), width: width)
        var bytes: [UInt8] = []
        for page in runs {
            bytes += try writer.bytes(of: page.map { ListedRun($0, columns: columns, at: Self.now) })
        }
        return String(decoding: try bytes + writer.end(), as: UTF8.self)
    }

    @Test(arguments: [
        (OutputFormat.json, "[]\n"), (.jsonl, ""), (.yaml, "[]\n"), (.tsv, ""), (.csv, "id,lr\n"),
        (.markdown, "| id | lr |\n|---|---|\n"), (.table, "id  lr\n"),
    ])
    func writesNothing(_ format: OutputFormat, _ text: String) throws {
        #expect(try write([], format, "id, =lr") == text)
        #expect(try write([[]], format, "id, =lr") == text)
    }

    @Test(arguments: OutputFormat.allCases) func isTheSameInPages(_ format: OutputFormat) throws {
        let runs = [SampleRun.plain("a"), SampleRun.plain("b"), SampleRun.extreme()]
        let whole = try write([runs], format)
        if format == .table {
            // The widths are those of the first page.
            #expect(try write([[runs[0]], [runs[1]]], format) == write([Array(runs[..<2])], format))
        } else {
            #expect(try write([[runs[0]], Array(runs[1...])], format) == whole)
        }
    }

    @Test func readsBackFromYAML() throws {
        let runs = [SampleRun.plain(), SampleRun.extreme()]
        let node = try #require(try Yams.compose(yaml: write([runs], .yaml)))
        let expected = JSONValue.array(runs.map(RunReport.value(of:)))
        expectSame(node, expected)
    }

    /// By the rules of YAML's core types, which Yams applies to what stands unquoted.
    private func expectSame(_ node: Node, _ value: JSONValue) {
        switch value {
        case .null: #expect(node.null != nil)
        case .bool(let bool): #expect(node.bool == bool)
        case .number(let number): #expect(node.float == number.double)
        case .string(let text):
            #expect(node.tag == Tag(.str) || node.tag.description.hasSuffix("str"), "\(text)")
            #expect(node.scalar.map { Array($0.string.utf8) } == Array(text.utf8))
        case .array(let elements):
            let nodes = node.sequence.map(Array.init) ?? []
            #expect(nodes.count == elements.count)
            for (node, element) in zip(nodes, elements) { expectSame(node, element) }
        case .object(let members):
            let pairs = node.mapping.map(Array.init) ?? []
            #expect(pairs.count == members.count)
            for (pair, member) in zip(pairs, members.pairs) {
                expectSame(pair.key, .string(member.key))
                expectSame(pair.value, member.value)
            }
        }
    }

    @Test func quotesForCSVAndNothingElse() throws {
        #expect(
            try write([[SampleRun.extreme()]], .csv, "id, name, metrics.nan, metrics.huge")
                == "id,name,nan,huge\n\"run,\"\"1\"\"\t\\\",\"a\u{1B}[31m\r\n|b| 漢字 é👩‍👩‍👧 \u{202E}\",NaN,1.7976931348623157e+308\n"
        )
    }

    @Test func keepsFieldsOfTSVApart() throws {
        #expect(try write([[SampleRun.extreme()]], .tsv, "id, error") == "run,\"1\"\\t\\\\\tline 1\\nline 2\n")
    }

    @Test func showsNothingThatSteersATerminal() throws {
        for format in [OutputFormat.table, .markdown] {
            let text = try write([[SampleRun.extreme()]], format, "name, id, error, tags")
            #expect(text.split(separator: "\n").count == (format == .table ? 2 : 3))
            for scalar in text.unicodeScalars where scalar != "\n" {
                #expect(!(scalar.value < 0x20 || scalar.value == 0x202E), "\(scalar.value)")
            }
        }
    }

    @Test func alignsWideText() throws {
        let runs = [SampleRun.plain("1", name: "漢字"), SampleRun.plain("2", name: "abcde")]
        #expect(try write([runs], .table, "name, id") == "name   id\n漢字   1\nabcde  2\n")
    }

    @Test func shrinksWhatIsLongAndNeverIds() throws {
        let runs = [SampleRun.plain("0123456789", name: "a rather long name of a run")]
        #expect(
            try write([runs], .table, "id, name, status", width: 36)
                == "id          name           status\n0123456789  a rather lon…  Completed\n")
    }

    @Test func writesColumnsAsDocuments() throws {
        let columns = "id, =lr, metrics.loss, .duration, tags.quality, tags.none, tags"
        #expect(
            try write([[SampleRun.plain()]], .jsonl, columns) == """
                {"id":"7df7f855","lr":"0.1","loss":0.25,"duration":12.0,"quality":"fantastic run","none":null,\
                "tags":{"quality":"fantastic run","worth another look":null}}

                """)
    }

    @Test func escapesMarkdown() throws {
        let text = try write([[SampleRun.plain("a|b", name: "<b>*x*</b>")]], .markdown, "id, name, duration")
        #expect(text.split(separator: "\n").last == "| a\\|b | \\<b\\>\\*x\\*\\</b\\> | 12s |")
    }
}
