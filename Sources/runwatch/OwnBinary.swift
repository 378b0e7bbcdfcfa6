import Dispatch
import Glibc
import RunExecution
import RunServices

/// Starts this program again, as another process.
struct OwnBinary {
    enum Output {
        case discarded
        /// Readable from `output`.
        case pipe
    }

    let pid: Int32
    /// The reading end of its standard output; -1 without one.
    let output: Int32
    /// The writing end of its standard input; -1 without one.
    let input: Int32

    /// Its path, even if the file has been replaced by a newer build since.
    static let path = "/proc/self/exe"

    /// Standard input is empty, or with `holdsInput` a pipe that ends when this process does.
    ///
    /// Standard error is inherited, or with `joinsErrors` goes where the output goes, but is discarded with the output; of other descriptors only those in `keeping` are open
    /// in it. Throws `unavailable`.
    static func start(
        _ arguments: [String], output: Output, joinsErrors: Bool = false, holdsInput: Bool = false,
        keeping descriptors: [Int32] = []
    ) throws(RunServiceError) -> OwnBinary {
        try start(
            arguments.map { Array($0.utf8) }, output: output, joinsErrors: joinsErrors, holdsInput: holdsInput,
            keeping: descriptors)
    }

    /// As above, for arguments that need not be UTF-8.
    static func start(
        _ arguments: [[UInt8]], output: Output, joinsErrors: Bool = false, holdsInput: Bool = false,
        keeping descriptors: [Int32] = []
    ) throws(RunServiceError) -> OwnBinary {
        let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
        guard nothing >= 0 else { throw noDescriptor }
        defer { close(nothing) }
        var outputEnds: [Int32] = [-1, -1]
        var inputEnds: [Int32] = [-1, -1]
        if output == .pipe { try openPipe(&outputEnds) }
        do throws(RunServiceError) {
            if holdsInput { try openPipe(&inputEnds) }
        } catch {
            for end in outputEnds where end >= 0 { close(end) }
            throw error
        }
        let streams = ChildProcess.Streams(
            input: holdsInput ? inputEnds[0] : nothing, output: output == .pipe ? outputEnds[1] : nothing,
            error: joinsErrors ? outputEnds[1] : output == .pipe ? STDERR_FILENO : nothing)
        let program = ChildProcess.Program(
            path: Array(path.utf8), arguments: [Array("runwatch".utf8)] + arguments,
            environment: CommandText.environment)
        let child = ChildProcess.start(
            program, streams: streams, inheritance: .atStart, keepsDescriptors: descriptors.sorted(),
            leadsSession: false)
        let code = errno
        for end in [outputEnds[1], inputEnds[0]] where end >= 0 { close(end) }
        guard let child else {
            for end in [outputEnds[0], inputEnds[1]] where end >= 0 { close(end) }
            throw RunServiceError(
                .unavailable, "runwatch could not start itself: \(String(cString: strerror(code))).")
        }
        return OwnBinary(pid: child.pid, output: outputEnds[0], input: inputEnds[1])
    }

    /// Waits for its end and returns its status as a shell would.
    func wait() async -> Int32 {
        await Self.blocking { [pid] in
            var status: Int32 = 0
            while waitpid(pid, &status, 0) < 0 { if errno != EINTR { return EXIT_FAILURE } }
            return Self.shellStatus(status)
        }
    }

    /// All that it writes to `output`, until that is closed.
    func words() async -> [UInt8] {
        await Self.blocking { [output] in
            var text: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 4_096)
            while true {
                let count = read(output, &buffer, buffer.count)
                if count < 0 && errno == EINTR { continue }
                if count <= 0 { return text }
                text += buffer.prefix(count)
            }
        }
    }

    /// On a thread of Dispatch's: a blocked thread of the concurrency pool is missing everywhere else.
    private static func blocking<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: work()) }
        }
    }

    /// From a status of waitpid(2): the low seven bits are the signal, the next byte the exit status.
    static func shellStatus(_ status: Int32) -> Int32 {
        status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    }

    private static func openPipe(_ ends: inout [Int32]) throws(RunServiceError) {
        guard pipe(&ends) == 0 else { throw noDescriptor }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }

    private static var noDescriptor: RunServiceError {
        RunServiceError(.unavailable, "This process has no file descriptor left; close some programs.")
    }
}
