/// Values that have an order: numbers among each other, or strings by code points.
enum Sortable {
    case numbers([JSONNumber])
    case strings([String])

    /// Nil where they are of neither kind or of both. None at all count as numbers.
    init?(_ values: [JSONValue]) {
        if case .string = values.first {
            var strings: [String] = []
            for value in values {
                guard case .string(let text) = value else { return nil }
                strings.append(text)
            }
            self = .strings(strings)
        } else {
            var numbers: [JSONNumber] = []
            for value in values {
                guard case .number(let number) = value else { return nil }
                numbers.append(number)
            }
            self = .numbers(numbers)
        }
    }

    /// Where each place of the sorted values comes from; equal ones stay in order, and NaN comes last.
    var sortedPlaces: [Int] {
        switch self {
        case .numbers(let numbers):
            Self.places(numbers) { $0 < $1 || $1.isNaN && !$0.isNaN }
        case .strings(let strings):
            Self.places(strings) { $0.isBefore($1) }
        }
    }

    /// The place of the first one that none comes before.
    var least: Int? {
        switch self {
        case .numbers(let numbers): Self.first(numbers) { $0 < $1 }
        case .strings(let strings): Self.first(strings) { $0.isBefore($1) }
        }
    }

    /// The place of the first one that comes before none.
    var greatest: Int? {
        switch self {
        case .numbers(let numbers): Self.first(numbers) { $1 < $0 }
        case .strings(let strings): Self.first(strings) { $1.isBefore($0) }
        }
    }

    private static func places<Key>(_ keys: [Key], _ isBefore: (Key, Key) -> Bool) -> [Int] {
        // Array.sort does not promise to be stable.
        keys.indices.sorted { one, other in
            isBefore(keys[one], keys[other]) || one < other && !isBefore(keys[other], keys[one])
        }
    }

    private static func first<Key>(_ keys: [Key], _ isBetter: (Key, Key) -> Bool) -> Int? {
        var best: Int?
        for place in keys.indices {
            if let current = best, !isBetter(keys[place], keys[current]) { continue }
            best = place
        }
        return best
    }
}
