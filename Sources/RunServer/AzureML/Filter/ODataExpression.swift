/// A filter as run history's clients write it, before its fields are looked up.
indirect enum ODataExpression: Equatable, Sendable {
    case and([ODataExpression])
    case or([ODataExpression])
    case comparison(ODataComparison)

    /// The field that `(X ne null or X eq null)` asks the presence of: by plain logic it would always hold.
    var presenceField: ODataField? {
        guard case .or(let parts) = self, parts.count == 2, case .comparison(let left) = parts[0],
            case .comparison(let right) = parts[1], left.field == right.field, left.value == .null,
            right.value == .null, Set([left.comparator, right.comparator]) == [.equal, .notEqual]
        else { return nil }
        return left.field
    }
}

/// One `field operator value`.
struct ODataComparison: Equatable, Sendable {
    var field: ODataField
    var comparator: ODataComparator
    var value: ODataLiteral
}

/// `Name` or `Name/key`.
struct ODataField: Hashable, Sendable {
    var name: String
    /// May hold blanks, dots and slashes.
    var key: String?
}

/// How a field is compared; the raw value is how OData spells it.
enum ODataComparator: String, CaseIterable, Sendable {
    case equal = "eq"
    case notEqual = "ne"
    case greater = "gt"
    case greaterOrEqual = "ge"
    case less = "lt"
    case lessOrEqual = "le"
}

/// What a field is compared with.
enum ODataLiteral: Equatable, Sendable {
    case null
    case text(String)
}
