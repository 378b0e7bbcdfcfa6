import MLflowMeaning
import Testing

/// MLflow's search grammar as its server reads it; what it refuses is compared with the server in `MLflowComparisonTests`.
struct SearchGrammarTests {
    private func clauses(_ text: String) throws -> [MLflowSearchClause] {
        try MLflowSearchReader(.runs).clauses(text)
    }

    @Test func `Clauses are read with their prefixes, quotes and aliases`() throws {
        #expect(
            try clauses("metrics.loss<0.5 and params.`learning rate` = \"it's\" AND tags.a.b LIKE '%x%'") == [
                MLflowSearchClause(.metric, "loss", "<", .number(0.5)),
                MLflowSearchClause(.parameter, "learning rate", "=", .text("it's")),
                MLflowSearchClause(.tag, "a.b", "LIKE", .text("%x%")),
            ])
        #expect(
            try clauses("created > 5 AND attributes.`Run Name` != 'x' AND run_id NOT IN ('a', \"b\",)") == [
                MLflowSearchClause(.attribute, "start_time", ">", .integer(5)),
                MLflowSearchClause(.attribute, "run_name", "!=", .text("x")),
                MLflowSearchClause(.attribute, "run_id", "NOT IN", .texts(["a", "b"])),
            ])
        #expect(
            try clauses("tags.\"a b\" is not null AND params.x IS NULL AND dataset.name ilike 'I%'") == [
                MLflowSearchClause(.tag, "a b", "IS NOT NULL", .nothing),
                MLflowSearchClause(.parameter, "x", "IS NULL", .nothing),
                MLflowSearchClause(.dataset, "name", "ILIKE", .text("I%")),
            ])
        #expect(try clauses("").isEmpty)
        #expect(try clauses("metrics.x > -1.5e-3") == [MLflowSearchClause(.metric, "x", ">", .number(-0.0015))])
    }

    @Test func `Orders are read with their direction`() throws {
        let reader = MLflowSearchReader(.runs)
        let orders = try reader.orders(["metrics.`a b` desc", "attribute.Created", "run_name ASC"])
        #expect(orders.map(\.key) == ["a b", "start_time", "run_name"])
        #expect(orders.map(\.isDescending) == [true, false, false])
    }

    /// Every text is a search or is refused; none traps.
    @Test(arguments: [
        "'", "`", "\"", "(", "((((", ")", "a.", ".a", "a.b.", "= = =", "metrics.`x", "tags.x = '", "run_id IN (",
        "run_id IN ('a'",
        "run_id IN ('a' 'b')", ";", ";;", "a;b", "AND AND", "\u{0}", "日本 = '語'", "tags.日本 = '語'", "metrics.x = 1e999",
        "metrics.x = .",
        "metrics.x = -", "metrics.x = 1.2.3", "status IN ('a', 1)", "IS NULL", "tags.a IS", "tags.a IS NOT",
        "tags.a NOT IN",
    ])
    func `Odd texts are judged`(_ text: String) {
        for grammar in [MLflowSearchGrammar.runs, .experiments, .models] {
            let reader = MLflowSearchReader(grammar)
            _ = try? reader.clauses(text)
            _ = try? reader.order(text)
        }
    }
}
