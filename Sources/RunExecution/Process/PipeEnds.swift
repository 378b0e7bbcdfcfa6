import Glibc

/// The two ends of a pipe, neither inherited by commands started meanwhile.
struct PipeEnds: Sendable {
    let reading: Int32
    let writing: Int32

    /// Nil when the process has no descriptors left.
    init?() {
        var ends: [Int32] = [-1, -1]
        // pipe2(2) is not visible to Swift; nothing here starts commands but the subprocess library, which passes on only
        // the three standard streams, so the moment in between is harmless.
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        reading = ends[0]
        writing = ends[1]
    }

    /// Closes both ends; only where neither was handed on.
    func close() {
        Glibc.close(reading)
        Glibc.close(writing)
    }
}
