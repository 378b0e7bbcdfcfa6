import RunModel
import RunReports
import Testing

@Suite struct RunColumnTests {
    @Test(arguments: [
        ("status", RunColumn(.status)),
        (" .status ", RunColumn(.status)),
        ("loss", RunColumn(.metric("loss", .last), title: "loss")),
        ("metrics.status", RunColumn(.metric("status", .last), title: "status")),
        ("`status`", RunColumn(.metric("status", .last), title: "status")),
        ("val loss", RunColumn(.metric("val loss", .last), title: "val loss")),
        ("=lr", RunColumn(.param("lr"), title: "lr")),
        ("params.lr", RunColumn(.param("lr"), title: "lr")),
        ("tags.quality", RunColumn(.tag("quality"), title: "quality")),
        ("Tag.a.b", RunColumn(.tag("a.b"), title: "a.b")),
        ("property.author", RunColumn(.property("author"), title: "author")),
        ("val/loss.1", RunColumn(.metric("val/loss.1", .last), title: "val/loss.1")),
        ("min loss", RunColumn(.metric("loss", .min), title: "min loss")),
        ("last loss", RunColumn(.metric("loss", .last), title: "loss")),
        ("max val loss as best loss", RunColumn(.metric("val loss", .max), title: "best loss")),
        ("mean metrics.min", RunColumn(.metric("min", .mean), title: "mean min")),
        ("min", RunColumn(.metric("min", .last), title: "min")),
        ("count status", RunColumn(.metric("status", .count), title: "count status")),
        ("as", RunColumn(.metric("as", .last), title: "as")),
        ("first `a, b as c` as \"x,y\"", RunColumn(.metric("a, b as c", .first), title: "x,y")),
        (".started as when", RunColumn(.attribute(.started), title: "when")),
        ("experiment_id", RunColumn(.experimentID)),
    ])
    func reads(_ text: String, _ column: RunColumn) throws {
        #expect(try RunColumn.parse(text) == [column])
    }

    @Test func readsSeveral() throws {
        #expect(try RunColumn.parse("id,=lr , min loss as best").map(\.title) == ["id", "lr", "best"])
    }

    @Test(arguments: [
        ("", "A column is empty; write KEY, =PARAM or .ATTRIBUTE between the commas."),
        ("id,,name", "A column is empty; write KEY, =PARAM or .ATTRIBUTE between the commas."),
        ("`id", "The closing ` of a column is missing."),
        ("min =lr", "min is of a metric; “=lr” is none, so leave min out."),
        ("loss, =loss", "Two columns are called “loss”; give one of them another name with `as`."),
    ])
    func saysWhatIsWrong(_ text: String, _ sentence: String) {
        let error = #expect(throws: ColumnSyntaxError.self) { try RunColumn.parse(text) }
        #expect(error?.description == sentence)
    }

    @Test func namesTheAttributesThereAre() {
        let error = #expect(throws: ColumnSyntaxError.self) { try RunColumn.parse(".colour") }
        #expect(error?.description.contains("no attribute “colour”; there are id, name, status") == true)
    }

    private static func points(_ values: [MetricValue]) -> [MetricPoint] {
        values.enumerated().map {
            MetricPoint(step: Int64($0), timestamp: Timestamp(milliseconds: Int64($0)), value: $1)
        }
    }

    @Test(arguments: [
        (RunColumn.Aggregate.min, ColumnValue.number(-.infinity)), (.max, .number(3)), (.count, .integer(5)),
        (.first, .number(.infinity * 0)), (.last, .text("done")), (.mean, .number(-.infinity)),
    ])
    func makesOneValueOfMany(_ aggregate: RunColumn.Aggregate, _ expected: ColumnValue) {
        let points = Self.points([.number(.nan), .number(3), .number(1), .number(-.infinity), .text("done")])
        let value = aggregate.value(of: points)
        if case .number(let number) = expected, number.isNaN {
            guard case .number(let found) = value else { return #expect(Bool(false), "\(value)") }
            #expect(found.isNaN)
        } else {
            #expect(value == expected)
        }
    }

    @Test func aggregatesOfNothingAreNothing() {
        #expect(RunColumn.Aggregate.min.value(of: []) == .none)
        #expect(RunColumn.Aggregate.mean.value(of: Self.points([.text("a")])) == .none)
        #expect(RunColumn.Aggregate.count.value(of: []) == .integer(0))
        let huge = Self.points([.number(1e308), .number(1e308)])
        #expect(RunColumn.Aggregate.mean.value(of: huge) == .number(1e308))
    }
}
