/// An integer of any size, for those that no `Int` holds.
///
/// In decimal limbs, since reading and writing are what mostly happens to it; of arithmetic only sums are needed.
struct LargeInteger: Sendable {
    private(set) var isNegative: Bool
    /// Least significant first, the last one not zero; none for zero.
    private var limbs: [UInt32]

    private static let base: UInt64 = 1_000_000_000

    private init(isNegative: Bool, limbs: [UInt32]) {
        self.limbs = limbs
        while self.limbs.last == 0 { self.limbs.removeLast() }
        self.isNegative = isNegative && !self.limbs.isEmpty
    }

    init(_ value: Int) { self.init(isNegative: value < 0, magnitude: UInt64(value.magnitude)) }

    private init(isNegative: Bool, magnitude: UInt64) {
        let limbs = [magnitude % Self.base, magnitude / Self.base % Self.base, magnitude / Self.base / Self.base]
        self.init(isNegative: isNegative, limbs: limbs.map { UInt32($0) })
    }

    /// `digits` are ASCII digits, the most significant first.
    init(isNegative: Bool, digits: some BidirectionalCollection<UInt8>) {
        var (limbs, limb, unit): ([UInt32], UInt32, UInt32) = ([], 0, 1)
        for digit in digits.reversed() {
            limb += UInt32(digit &- 0x30) * unit
            unit *= 10
            if UInt64(unit) == Self.base {
                limbs.append(limb)
                (limb, unit) = (0, 1)
            }
        }
        self.init(isNegative: isNegative, limbs: limbs + [limb])
    }

    /// `whole` is finite and has no fraction; the value is exact.
    init(whole: Double) {
        // A double of 2⁶³ or more is an integer of 53 bits, doubled so many times.
        let doublings = whole.magnitude < 0x1p63 ? 0 : Int(whole.exponent) - 52
        let magnitude = whole.magnitude / Double(sign: .plus, exponent: doublings, significand: 1)
        self.init(isNegative: whole < 0, magnitude: UInt64(magnitude))
        for _ in 0..<doublings { limbs = Self.sum(limbs, limbs) }
    }

    /// Nil for what no `Int` holds.
    var small: Int? { limbs.count > 3 ? nil : Int(description) }

    /// The nearest one, infinite beyond the largest.
    var double: Double { Double(description) ?? (isNegative ? -.infinity : .infinity) }

    var negated: LargeInteger { LargeInteger(isNegative: !isNegative, limbs: limbs) }

    var description: String {
        guard let first = limbs.last else { return "0" }
        var text = (isNegative ? "-" : "") + String(first)
        for limb in limbs.dropLast().reversed() {
            let digits = String(limb)
            text += String(repeating: "0", count: 9 - digits.utf8.count) + digits
        }
        return text
    }

    static func < (left: LargeInteger, right: LargeInteger) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative ? isLess(right.limbs, left.limbs) : isLess(left.limbs, right.limbs)
    }

    static func + (left: LargeInteger, right: LargeInteger) -> LargeInteger {
        if left.isNegative == right.isNegative {
            return LargeInteger(isNegative: left.isNegative, limbs: sum(left.limbs, right.limbs))
        }
        if isLess(left.limbs, right.limbs) {
            return LargeInteger(isNegative: right.isNegative, limbs: difference(right.limbs, left.limbs))
        }
        return LargeInteger(isNegative: left.isNegative, limbs: difference(left.limbs, right.limbs))
    }

    private static func isLess(_ left: [UInt32], _ right: [UInt32]) -> Bool {
        if left.count != right.count { return left.count < right.count }
        return left.reversed().lexicographicallyPrecedes(right.reversed())
    }

    private static func sum(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        var (limbs, carry): ([UInt32], UInt64) = ([], 0)
        for place in 0..<max(left.count, right.count) {
            let here = carry + UInt64(limb(left, place)) + UInt64(limb(right, place))
            limbs.append(UInt32(here % base))
            carry = here / base
        }
        return carry == 0 ? limbs : limbs + [UInt32(carry)]
    }

    /// `left` is not less than `right`.
    private static func difference(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        var (limbs, borrow): ([UInt32], UInt64) = ([], 0)
        for place in left.indices {
            let (here, taken) = (UInt64(left[place]), UInt64(limb(right, place)) + borrow)
            borrow = here < taken ? 1 : 0
            limbs.append(UInt32(here + borrow * base - taken))
        }
        return limbs
    }

    private static func limb(_ limbs: [UInt32], _ place: Int) -> UInt32 { place < limbs.count ? limbs[place] : 0 }
}
