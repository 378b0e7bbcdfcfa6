import Dispatch
import Glibc
import RunServices

/// Starts this program again, as another process.
///
/// Not through the subprocess library, which stays until the process ends: a detached supervisor outlives its starter,
/// and the demo must hold several at once from plain loops.
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
    /// Standard error is inherited, but discarded with the output. Throws `unavailable`.
    static func start(
        _ arguments: [String], environment: [String: String]? = nil, output: Output, holdsInput: Bool = false
    ) throws(RunServiceError) -> OwnBinary {
        var outputEnds: [Int32] = [-1, -1]
        var inputEnds: [Int32] = [-1, -1]
        if output == .pipe { try openPipe(&outputEnds) }
        do throws(RunServiceError) {
            if holdsInput { try openPipe(&inputEnds) }
        } catch {
            for end in outputEnds where end >= 0 { close(end) }
            throw error
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if holdsInput {
            posix_spawn_file_actions_adddup2(&actions, inputEnds[0], STDIN_FILENO)
        } else {
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        }
        switch output {
        case .pipe: posix_spawn_file_actions_adddup2(&actions, outputEnds[1], STDOUT_FILENO)
        case .discarded:
            posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
            posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        }
        let variables = (environment ?? Environment.all).map { "\($0.key)=\($0.value)" }
        var argv = (["runwatch"] + arguments).map { strdup($0) } + [nil]
        var envp = variables.map { strdup($0) } + [nil]
        defer { for text in argv + envp { free(text) } }
        var pid: pid_t = 0
        let result = posix_spawn(&pid, path, &actions, nil, &argv, &envp)
        for end in [outputEnds[1], inputEnds[0]] where end >= 0 { close(end) }
        guard result == 0 else {
            for end in [outputEnds[0], inputEnds[1]] where end >= 0 { close(end) }
            throw RunServiceError(
                .unavailable, "runwatch could not start itself: \(String(cString: strerror(result))).")
        }
        return OwnBinary(pid: pid, output: outputEnds[0], input: inputEnds[1])
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
        guard pipe(&ends) == 0 else {
            throw RunServiceError(.unavailable, "This process has no file descriptor left; close some programs.")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }
}
