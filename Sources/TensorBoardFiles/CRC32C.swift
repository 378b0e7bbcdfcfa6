/// The checksum of TensorFlow's record files: CRC-32C (RFC 3720, appendix B.4), masked so that data which holds checksums
/// itself does not look like one.
package enum CRC32C {
    /// Eight bytes at a time: `tables[n][b]` is what byte `b` comes to `n` bytes later.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var value = UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0x82f6_3b78 : value >> 1 }
            tables[byte] = value
        }
        for byte in 0..<256 {
            for table in 1..<8 {
                let before = tables[(table - 1) * 256 + byte]
                tables[table * 256 + byte] = before >> 8 ^ tables[Int(before & 0xff)]
            }
        }
        return tables
    }()

    /// Of a part of `bytes`, as a record holds it.
    package static func masked(_ bytes: [UInt8], _ range: Range<Int>) -> UInt32 {
        let sum = plain(bytes, range)
        return (sum >> 15 | sum << 17) &+ 0xa282_ead8
    }

    /// Of a part of `bytes`, which must lie in it.
    package static func plain(_ bytes: [UInt8], _ range: Range<Int>) -> UInt32 {
        var sum: UInt32 = 0xffff_ffff
        bytes.withUnsafeBytes { all in
            tables.withUnsafeBufferPointer { tables in
                let part = UnsafeRawBufferPointer(rebasing: all[range])
                var index = 0
                while part.count - index >= 8 {
                    let word = part.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
                    let low = UInt32(truncatingIfNeeded: word) ^ sum
                    let high = UInt32(truncatingIfNeeded: word >> 32)
                    sum = tables[1_792 + Int(low & 0xff)] ^ tables[1_536 + Int(low >> 8 & 0xff)]
                    sum ^= tables[1_280 + Int(low >> 16 & 0xff)] ^ tables[1_024 + Int(low >> 24)]
                    sum ^= tables[768 + Int(high & 0xff)] ^ tables[512 + Int(high >> 8 & 0xff)]
                    sum ^= tables[256 + Int(high >> 16 & 0xff)] ^ tables[Int(high >> 24)]
                    index += 8
                }
                while index < part.count {
                    sum = sum >> 8 ^ tables[Int((sum ^ UInt32(part[index])) & 0xff)]
                    index += 1
                }
            }
        }
        return ~sum
    }
}
