/// Files in one, without compression (APPNOTE.TXT of PKWARE, 4.3): what a client unpacks with Python's zipfile.
enum ZipArchive {
    /// A file in an archive.
    struct File: Equatable, Sendable {
        var path: String
        var content: [UInt8]

        init(_ path: String, _ text: String) {
            self.path = path
            content = Array(text.utf8)
        }
    }

    static func bytes(of files: [File]) -> [UInt8] {
        var archive: [UInt8] = []
        var directory: [UInt8] = []
        for file in files {
            let offset = archive.count
            let name = Array(file.path.utf8)
            let size = UInt32(clamping: file.content.count)
            var facts: [UInt8] = []
            // Version 2.0, names in UTF-8, stored, 1 January 1980.
            for number in [20, 0x0800, 0, 0, 0x0021] as [UInt16] { facts += bytes(number) }
            for number in [checksum(file.content), size, size] { facts += bytes(number) }
            facts += bytes(UInt16(clamping: name.count)) + bytes(UInt16(0))
            archive += [0x50, 0x4b, 3, 4] + facts + name + file.content
            // Made on Unix; a file that its owner reads and writes.
            directory += [0x50, 0x4b, 1, 2] + bytes(UInt16(0x0314)) + facts + bytes(UInt16(0)) + bytes(UInt16(0))
            directory += bytes(UInt16(0)) + bytes(UInt32(0o100600) << 16) + bytes(UInt32(clamping: offset)) + name
        }
        let count = bytes(UInt16(clamping: files.count))
        let end = bytes(UInt16(0)) + bytes(UInt16(0)) + count + count
        let place = bytes(UInt32(clamping: directory.count)) + bytes(UInt32(clamping: archive.count))
        return archive + directory + [0x50, 0x4b, 5, 6] + end + place + bytes(UInt16(0))
    }

    private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian, Array.init)
    }

    /// CRC-32 as ISO 3309 has it.
    static func checksum(_ content: [UInt8]) -> UInt32 {
        var sum: UInt32 = ~0
        for byte in content {
            let index = Int((sum ^ UInt32(byte)) & 0xff)
            sum = (sum >> 8) ^ table[index]
        }
        return ~sum
    }

    private static let table: [UInt32] = (0..<256).map { index in
        var value = UInt32(index)
        for _ in 0..<8 { value = value & 1 == 1 ? (value >> 1) ^ 0xedb8_8320 : value >> 1 }
        return value
    }
}
