import Testing

@testable import RunModel

/// Columns are told apart as stores tell metrics apart.
@Suite struct SortColumnTests {
    @Test func metricsInOtherNormalFormsAreOthers() {
        let (one, two) = (SortOrder.Column.metric("caf\u{e9}"), SortOrder.Column.metric("cafe\u{301}"))
        #expect(one != two)
        #expect(Set([one, two, .metric("caf\u{e9}")]).count == 2)
        #expect(SortOrder(firstBy: one) != SortOrder(firstBy: two))
    }

    @Test func everyColumnEqualsItselfOnly() {
        let columns: [SortOrder.Column] = [
            .started, .name, .status, .duration, .experiment, .user, .tags, .metric("a"), .metric("b"),
        ]
        for (index, column) in columns.enumerated() {
            #expect(columns.indices.filter { columns[$0] == column } == [index])
        }
    }
}
