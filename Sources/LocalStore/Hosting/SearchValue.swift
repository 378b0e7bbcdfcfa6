import RunModel
import SQLiteStatements

/// A value that a search orders by.
enum SearchValue: Hashable {
    case number(Int64)
    case real(Double)
    case text(String)
    case missing

    /// In ascending order; what is missing equals nothing but itself, and its place is for others to say.
    func compared(with other: SearchValue) -> Int {
        switch (self, other) {
        case (.number(let left), .number(let right)): left < right ? -1 : left > right ? 1 : 0
        case (.real(let left), .real(let right)): left < right ? -1 : left > right ? 1 : 0
        case (.text(let left), .text(let right)): left.isExactly(right) ? 0 : left.isBefore(right) ? -1 : 1
        default: rank - other.rank
        }
    }

    private var rank: Int {
        switch self {
        case .number: 0
        case .real: 1
        case .text: 2
        case .missing: 3
        }
    }

    var sql: SQLValue {
        switch self {
        case .number(let number): .integer(number)
        case .real(let number): .real(number)
        case .text(let text): .text(text)
        case .missing: .null
        }
    }
}

/// Whether one of two places in an order comes first: value by value, what is missing last whichever the direction.
enum SearchOrder {
    /// - Parameter descending: the direction of each value; ascending where there is none.
    static func isInOrder(_ left: [SearchValue], _ right: [SearchValue], descending: [Bool]) -> Bool {
        for (index, (one, other)) in zip(left, right).enumerated() {
            switch (one == .missing, other == .missing) {
            case (true, true): continue
            case (true, false): return false
            case (false, true): return true
            case (false, false):
                let order = one.compared(with: other)
                if order != 0 { return index < descending.count && descending[index] ? order > 0 : order < 0 }
            }
        }
        return false
    }
}
