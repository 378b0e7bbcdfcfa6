import Glibc

/// What is piped into a command.
enum StandardInput {
    /// All of it, on the thread of the caller, which waits. Throws for more than `limit` bytes.
    static func read(limit: Int) throws(ConsoleError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(STDIN_FILENO, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw ConsoleError("The standard input cannot be read (\(String(cString: strerror(errno)))).")
            }
            bytes += chunk[..<count]
            if bytes.count > limit {
                throw ConsoleError("The standard input is longer than \(limit >> 20) MiB; pipe less into it.")
            }
        }
    }
}
