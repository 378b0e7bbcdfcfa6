/// What a column shows of one run.
package enum ColumnValue: Sendable, Equatable {
    case none
    case text(String)
    case integer(Int)
    case number(Double)
    case moment(Timestamp)
    /// Milliseconds.
    case duration(Int64)
    /// Keys with their values, which may be absent.
    case entries(Tags)

    /// As equality, but that NaN is the same as NaN, and texts are by their bytes.
    package func isSame(as other: ColumnValue) -> Bool {
        switch (self, other) {
        case (.number(let one), .number(let two)): one == two || one.isNaN && two.isNaN
        case (.text(let one), .text(let two)): one.isExactly(two)
        default: self == other
        }
    }
}
