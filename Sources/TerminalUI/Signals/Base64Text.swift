/// Bytes as letters that every terminal lets through (RFC 4648).
enum Base64Text {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func bytes(of input: some Collection<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity((input.count + 2) / 3 * 4)
        var group: UInt32 = 0
        var count = 0
        for byte in input {
            group = group << 8 | UInt32(byte)
            count += 1
            guard count == 3 else { continue }
            append(group, digits: 4, to: &output)
            (group, count) = (0, 0)
        }
        if count > 0 {
            append(group << UInt32(8 * (3 - count)), digits: count + 1, to: &output)
            output += [UInt8](repeating: UInt8(ascii: "="), count: 3 - count)
        }
        return output
    }

    private static func append(_ group: UInt32, digits: Int, to output: inout [UInt8]) {
        for index in 0..<digits { output.append(alphabet[Int(group >> UInt32(18 - 6 * index) & 0x3F)]) }
    }
}
