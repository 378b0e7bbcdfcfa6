import RunModel
import RunServices
import Testing

@testable import RunServer

/// The filters that run history's clients send, as measured.
struct ODataParserTests {
    private func comparison(_ text: String) throws -> ODataComparison {
        guard case .comparison(let comparison) = try ODataParser.parse(text) else {
            throw RunServiceError(.invalid, "more than one comparison: \(text)")
        }
        return comparison
    }

    @Test func `What clients send is read`() throws {
        #expect(
            try ODataParser.parse("(ParentRunId eq null)")
                == .comparison(
                    ODataComparison(field: ODataField(name: "ParentRunId"), comparator: .equal, value: .null)))
        let text =
            #"((Tags/quality eq "fantastic run") and (Properties/author eq "azureml-user") and (ParentRunId eq null))"#
        guard case .and(let parts) = try ODataParser.parse(text) else {
            Issue.record("not a conjunction")
            return
        }
        #expect(
            parts == [
                .comparison(
                    ODataComparison(
                        field: ODataField(name: "Tags", key: "quality"), comparator: .equal,
                        value: .text("fantastic run"))),
                .comparison(
                    ODataComparison(
                        field: ODataField(name: "Properties", key: "author"), comparator: .equal,
                        value: .text("azureml-user"))),
                .comparison(
                    ODataComparison(field: ODataField(name: "ParentRunId"), comparator: .equal, value: .null)),
            ])
    }

    @Test func `The question whether a key is there is known`() throws {
        let text = "(Tags/worth another look ne null or Tags/worth another look eq null)"
        #expect(try ODataParser.parse(text).presenceField == ODataField(name: "Tags", key: "worth another look"))
        let traits = "(RunTypeV2/Traits/x ne null) or (RunTypeV2/Traits/x eq null)"
        #expect(try ODataParser.parse(traits).presenceField == ODataField(name: "RunTypeV2", key: "Traits/x"))
        #expect(try ODataParser.parse("(Tags/a ne null or Tags/b eq null)").presenceField == nil)
        #expect(try ODataParser.parse("(Tags/a ne null or Tags/a ne null)").presenceField == nil)
    }

    @Test(arguments: [
        #"Tags/a eq "say "so" to me""#: #"say "so" to me"#,
        #"(Tags/a eq "x) and (y")"#: "x) and (y",
        "Status eq Failed": "Failed",
        "(Status eq Failed )": "Failed",
        #"Tags/a eq """#: "",
        "Tags/a eq 'single'": "single",
        #"Tags/a eq "grüße 🐦""#: "grüße 🐦",
        "RunId eq exp_1700000000_0a1b2c3d": "exp_1700000000_0a1b2c3d",
    ])
    func `Texts end where something can follow`(text: String, value: String) throws {
        #expect(try comparison(text).value == .text(value))
    }

    @Test func `Keys hold blanks, dots and slashes`() throws {
        #expect(try comparison(#"Tags/a.b/c d eq "1""#).field == ODataField(name: "Tags", key: "a.b/c d"))
    }

    @Test func `And binds tighter than or`() throws {
        guard case .or(let parts) = try ODataParser.parse("RunId eq a or RunId eq b and Status eq Failed") else {
            Issue.record("not a disjunction")
            return
        }
        #expect(parts.count == 2)
        guard case .and = parts[1] else {
            Issue.record("or binds tighter")
            return
        }
    }

    @Test(arguments: [
        "", "(", ")", "Status", "Status eq", "Status eq ", "(Status eq Failed", "Status eq Failed)", "Status is Failed",
        #"Tags/a eq "open"#, " eq x", "startswith(Name, 'x')",
        String(repeating: "(", count: 10_000) + "Status eq Failed",
    ])
    func `What is no filter is refused`(text: String) {
        #expect(throws: ODataParser.Malformed.self) { try ODataParser.parse(text) }
    }
}
