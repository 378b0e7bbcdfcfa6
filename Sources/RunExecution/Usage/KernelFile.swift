import Glibc

/// Small files of `/proc` and `/sys`, read without a copy of more than they hold.
struct KernelFile {
    private var buffer = [UInt8](repeating: 0, count: 16_384)

    /// The beginning of the file, up to 16 KiB; nil when it cannot be read.
    mutating func read(_ path: String) -> ArraySlice<UInt8>? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // One read may give no more than a page of it.
        var count = 0
        while count < buffer.count {
            let more = buffer.withUnsafeMutableBytes { bytes in
                Glibc.read(descriptor, bytes.baseAddress?.advanced(by: count), bytes.count - count)
            }
            if more < 0 && errno == EINTR { continue }
            if more <= 0 { break }
            count += more
        }
        return count > 0 ? buffer[..<count] : nil
    }

    /// The value of a line `name value`; nil where there is none.
    static func value(of name: String, in text: ArraySlice<UInt8>) -> Int64? {
        for line in text.split(separator: UInt8(ascii: "\n")) {
            let words = line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            if words.count > 1, words[0].elementsEqual(name.utf8) { return ProcessUsage.number(words[1]) }
        }
        return nil
    }
}
