import Glibc

/// A result of any length, written in pieces of some size.
struct ByteOutput {
    /// Whoever reads has read enough and closed the pipe: the command ends in silence, and with success.
    struct ReaderLeft: Error {}

    private var waiting: [UInt8] = []

    private let descriptor: Int32

    private static let size = 1 << 16

    /// The standard output, unless told otherwise.
    init(_ descriptor: Int32 = STDOUT_FILENO) {
        self.descriptor = descriptor
        // The write that finds no reader fails instead, and this process ends in its own way.
        signal(SIGPIPE, SIG_IGN)
    }

    /// Writes now or, a little, later. Throws `ReaderLeft`, and a sentence for what cannot be written.
    mutating func write(_ bytes: [UInt8]) throws {
        if waiting.isEmpty && bytes.count >= Self.size { return try put(bytes) }
        waiting += bytes
        if waiting.count >= Self.size { try flush() }
    }

    mutating func write(_ text: String) throws { try write(Array(text.utf8)) }

    /// Writes what waits.
    mutating func flush() throws {
        try put(waiting)
        waiting.removeAll(keepingCapacity: true)
    }

    private func put(_ bytes: [UInt8]) throws {
        let failure = bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else if errno == EAGAIN {
                    var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&wait, 1, -1)
                } else if errno != EINTR {
                    return errno
                }
            }
            return 0
        }
        if failure == EPIPE { throw ReaderLeft() }
        if failure != 0 { throw ConsoleError("The result cannot be written (\(String(cString: strerror(failure)))).") }
    }
}
