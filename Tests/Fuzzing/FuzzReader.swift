/// Makes values of an input's bytes: extreme ones more often than any others.
struct FuzzReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

    /// From 0 to `count` - 1; `count` is at least 1.
    mutating func index(below count: Int) -> Int { Int(byte()) % count }

    mutating func integer() -> Int64 {
        let choice = Int(byte())
        if choice < Self.integers.count { return Self.integers[choice] }
        return (0..<8).reduce(Int64(0)) { number, _ in number << 8 | Int64(byte()) }
    }

    mutating func double() -> Double {
        let choice = Int(byte())
        if choice < Self.doubles.count { return Self.doubles[choice] }
        return Double(bitPattern: UInt64(bitPattern: integer()))
    }

    /// Up to 63 bytes, made UTF-8.
    mutating func text() -> String {
        let length = Int(byte() & 63)
        let bytes = rest.prefix(length)
        rest = rest.dropFirst(length)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// All that is left.
    mutating func remainder() -> [UInt8] {
        defer { rest = [] }
        return Array(rest)
    }

    /// The ends of every width of integer and of what a moment holds, and what is next to them.
    static let integers: [Int64] = [
        0, 1, -1, .max, .min, .max - 1, .min + 1, Int64(Int32.max), Int64(Int32.max) + 1, Int64(Int32.min) - 1,
        Int64(UInt32.max), 8_640_000_000_000_000, 8_640_000_000_000_001, -8_640_000_000_000_000, 253_402_300_800_000,
        1_750_000_000_000, 1 << 48, 1 << 53, 255, 256, -5,
    ]

    static let doubles: [Double] = [
        0, -0.0, 1, -1, .nan, .infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
        .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude, 1e300, -1e300, 1e-300, 1e308, 0.1, 1e15,
        9_223_372_036_854_774_784, 9_223_372_036_854_775_808, -9_223_372_036_854_777_856, .ulpOfOne,
        3 * .leastNonzeroMagnitude,
    ]
}
