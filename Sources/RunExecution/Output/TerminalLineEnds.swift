/// Tells what a program wrote from what its terminal made of it.
///
/// A terminal puts a carriage return before each line feed (ONLCR, termios(3)); the log has what a pipe would have got.
struct TerminalLineEnds: Sendable {
    private var holdsReturn = false

    /// The bytes as written, without the carriage return that each line feed was given.
    mutating func written(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 1)
        for byte in bytes {
            if holdsReturn && byte != UInt8(ascii: "\n") { result.append(UInt8(ascii: "\r")) }
            holdsReturn = byte == UInt8(ascii: "\r")
            if !holdsReturn { result.append(byte) }
        }
        return result
    }

    /// A carriage return that nothing followed.
    var rest: [UInt8]? { holdsReturn ? [UInt8(ascii: "\r")] : nil }
}
