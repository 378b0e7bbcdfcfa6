import Testing

@testable import RunModel

/// Filters made of expressions instead of texts.
struct FilterExpressionTests {
    @Test(arguments: [
        "", "sweep", "status:running", "name ~ '^a.*z$' or not user = ana", "tags.quality = 'fantastic run' age < 2d",
        "metrics.loss < 0.3 (params.lr IN (1, 2) or properties.a IS NULL)", "name !~ '(?i)x'",
    ])
    func `a filter of an expression is the filter of its text`(_ text: String) throws {
        let parsed = try Filter.parse(text)
        let made = try Filter(parsed.expression)
        #expect(made.expression == parsed.expression)
        #expect(try Filter.parse(made.text).expression == parsed.expression)
        let runs = [
            sampleRun("abc", name: "a sweep z", user: "ana", tags: [("quality", "fantastic run")]),
            sampleRun("x", name: "X", status: .failed, createdAgo: 1 << 40, metrics: [("loss", .number(0.1))]),
            sampleRun("p", status: .completed, properties: [("a", "b")], params: [("lr", "2")]),
        ]
        for run in runs { #expect(made.matches(run, at: now) == parsed.matches(run, at: now)) }
    }

    @Test func `a part of a filter is a filter`() throws {
        let whole = try Filter.parse("name ~ \"^sweep\" status:active")
        let parts = try whole.expression.conjuncts.map { try Filter($0) }
        #expect(parts.map(\.text) == ["name ~ '^sweep'", "status : 'active'"])
    }

    @Test func `a pattern that is none is refused`() {
        let bad = FilterExpression.comparison(FilterComparison(.name, .matches, [.text("a(")]))
        #expect(throws: FilterSyntaxError.self) { try Filter(bad) }
    }
}
