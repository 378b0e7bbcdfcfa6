import RunModel
import RunServices
import Testing

@testable import RunServer

/// What filters of run history ask of runs.
struct AzureFilterMappingTests {
    @Test func `Statuses and parents are asked for`() throws {
        #expect(
            try AzureFilterMapping.condition("((Status eq Failed) and (ParentRunId eq null))")
                == .and([
                    .filter(try Filter(.comparison(FilterComparison(.status, .equal, [.text("Failed")])))),
                    .filter(try Filter(.comparison(FilterComparison(.parent, .isNull, [])))),
                ]))
    }

    @Test func `Properties are parameters too`() throws {
        #expect(
            try AzureFilterMapping.condition(#"Properties/lr eq "0.1""#)
                == .or([
                    .filter(try Filter(.comparison(FilterComparison(.property("lr"), .equal, [.text("0.1")])))),
                    .filter(try Filter(.comparison(FilterComparison(.param("lr"), .equal, [.text("0.1")])))),
                ]))
    }

    @Test func `What is absent differs`() throws {
        let tag = { (comparator: FilterComparator, values: [FilterValue]) throws -> RunCondition in
            .filter(try Filter(.comparison(FilterComparison(.tag("a"), comparator, values))))
        }
        #expect(
            try AzureFilterMapping.condition(#"Tags/a ne "x""#)
                == .or([try tag(.isNull, []), try tag(.notEqual, [.text("x")])]))
    }

    @Test func `Run types are fields of the document`() throws {
        #expect(
            try AzureFilterMapping.condition("RunType eq azureml.scriptrun")
                == .field(.runType, .equal, ["azureml.scriptrun"]))
        #expect(
            try AzureFilterMapping.condition("(RunTypeV2/Traits/x ne null) or (RunTypeV2/Traits/x eq null)")
                == .field(.trait("x"), .isNotNull, []))
    }

    @Test func `Nothing asks for nothing`() throws {
        #expect(try AzureFilterMapping.condition(nil) == nil)
        #expect(try AzureFilterMapping.condition("  ") == nil)
    }

    @Test(arguments: [
        "Colour eq red", "Status gt Failed", "Status lt null", "CreatedUtc ge yesterday", "RunNumber eq many",
        "RunType gt x", "Tags eq x", String(repeating: "x", count: 70_000),
    ])
    func `What no run has is refused`(text: String) throws {
        let error = #expect(throws: RunServiceError.self) { try AzureFilterMapping.condition(text) }
        #expect(error?.code == .invalid)
    }
}
