import Glibc

/// Passes a command's output on to this process's own streams, until they are gone.
struct TerminalMirror {
    private var closed: Set<Int32> = []

    /// Blocks as long as the terminal does, as the command itself would without us in between.
    mutating func write(_ chunk: OutputChunk) {
        let descriptor = chunk.stream.terminalDescriptor
        guard !closed.contains(descriptor) else { return }
        var written = 0
        while written < chunk.bytes.count {
            let count = chunk.bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written)
            }
            if count >= 0 {
                written += count
            } else if errno == EAGAIN {
                // The terminal's file may be shared with a program that made it non-blocking.
                var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = Glibc.poll(&poll, 1, -1)
            } else if errno != EINTR {
                // The terminal hung up or the reader of a pipe left: the command goes on, and so does its log.
                closed.insert(descriptor)
                return
            }
        }
    }
}
