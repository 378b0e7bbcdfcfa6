import CProcess
import Glibc

/// The two ends of a pipe, neither inherited by commands started meanwhile.
struct PipeEnds: Sendable {
    let reading: Int32
    let writing: Int32

    /// Nil when the process has no descriptors left, which errno then says.
    init?() {
        var ends: [Int32] = [-1, -1]
        let code = cprocess_pipe(&ends)
        guard code == 0 else {
            errno = code
            return nil
        }
        reading = ends[0]
        writing = ends[1]
    }

    /// Closes both ends; only where neither was handed on.
    func close() {
        Glibc.close(reading)
        Glibc.close(writing)
    }
}
