/// The number in a `TensorProto` that holds just one.
enum TensorScalar {
    /// Nil for a tensor of texts, of several numbers or of none.
    static func value(_ bytes: [UInt8], _ range: Range<Int>) -> Double? {
        var fields = WireReader(bytes, range)
        var type: UInt64 = 0
        var content: Range<Int>?
        var listed: (field: UInt64, value: WireReader.Field.Value)?
        while let field = fields.next() {
            switch field.number {
            case 1: type = field.bits ?? 0
            case 2: if !isOne(bytes, field.range) { return nil }
            case 4: content = field.range
            case 5, 6, 7, 10, 11, 13, 16, 17: listed = listed ?? (field.number, field.value)
            default: break
            }
        }
        if let content, !content.isEmpty { return number(bytes, content, ofType: type) }
        guard let listed else { return nil }
        return number(WireReader(bytes, 0..<bytes.count), listed.field, listed.value, ofType: type)
    }

    /// Whether every dimension of a shape is 1, as that of a scalar, which has none.
    private static func isOne(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        var shape = WireReader(bytes, range)
        while let field = shape.next() {
            if field.number == 3, field.bits != 0 { return false }
            guard field.number == 2 else { continue }
            var dimension = WireReader(bytes, field.range)
            var size: UInt64 = 0
            while let part = dimension.next() { if part.number == 1 { size = part.bits ?? 0 } }
            if size != 1 { return false }
        }
        return true
    }

    /// Of the bytes as the machine that wrote them had them, which is always little-endian.
    private static func number(_ bytes: [UInt8], _ range: Range<Int>, ofType type: UInt64) -> Double? {
        var reader = WireReader(bytes, range)
        func read(_ count: Int) -> UInt64? { range.count == count ? reader.fixed(count) : nil }
        switch type {
        case 1: return read(4).map { Double(Float(bitPattern: UInt32($0))) }
        case 2: return read(8).map(Double.init(bitPattern:))
        case 3: return read(4).map { Double(Int32(truncatingIfNeeded: $0)) }
        case 4, 10: return read(1).map(Double.init)
        case 5: return read(2).map { Double(Int16(truncatingIfNeeded: $0)) }
        case 6: return read(1).map { Double(Int8(truncatingIfNeeded: $0)) }
        case 9: return read(8).map { Double(Int64(bitPattern: $0)) }
        case 14: return read(2).map(brain)
        case 17: return read(2).map(Double.init)
        case 19: return read(2).map(half)
        case 22: return read(4).map(Double.init)
        case 23: return read(8).map(Double.init)
        default: return nil
        }
    }

    /// The first of a list of numbers, packed or not.
    private static func number(
        _ reader: WireReader, _ field: UInt64, _ value: WireReader.Field.Value, ofType type: UInt64
    ) -> Double? {
        var bits: UInt64?
        switch value {
        case .number(let number): bits = number
        case .bytes(let range):
            var packed = WireReader(reader.bytes, range)
            bits = field == 5 ? packed.fixed(4) : field == 6 ? packed.fixed(8) : packed.varint()
        }
        guard let bits else { return nil }
        switch field {
        case 5: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
        case 6: return Double(bitPattern: bits)
        case 7: return Double(Int32(truncatingIfNeeded: bits))
        case 10: return Double(Int64(bitPattern: bits))
        case 11: return bits == 0 ? 0 : 1
        case 13: return type == 14 ? brain(bits) : half(bits)
        default: return Double(bits)
        }
    }

    private static func brain(_ bits: UInt64) -> Double {
        Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits) << 16))
    }

    /// IEEE 754 binary16.
    private static func half(_ bits: UInt64) -> Double {
        let sign: Double = bits & 0x8000 == 0 ? 1 : -1
        let (exponent, fraction) = (Int(bits >> 10 & 0x1f), Double(bits & 0x3ff))
        switch exponent {
        case 0: return sign * fraction * 0x1p-24
        case 31: return fraction == 0 ? sign * .infinity : .nan
        default: return sign * (1 + fraction / 1_024) * Double(sign: .plus, exponent: exponent - 15, significand: 1)
        }
    }
}
