/// A value bound to a placeholder of a statement.
///
/// Our own, because texts here may hold NUL characters, at which GRDB's binding would cut them off.
package enum SQLValue {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)

    /// NULL for nil.
    package init(_ text: String?) { self = text.map(SQLValue.text) ?? .null }

    /// NULL for nil.
    package init(_ number: Int64?) { self = number.map(SQLValue.integer) ?? .null }

    /// NULL for nil.
    package init(_ number: Int32?) { self = number.map { .integer(Int64($0)) } ?? .null }
}

extension SQLValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByNilLiteral {
    /// A text, written as such.
    package init(stringLiteral text: String) { self = .text(text) }
    /// A number, written as such.
    package init(integerLiteral number: Int64) { self = .integer(number) }
    /// NULL, written as nil.
    package init(nilLiteral: ()) { self = .null }
}
