import Glibc

extension GitCheckout {
    /// Milliseconds for which git is asked; a huge work tree on a slow disk is not worth more.
    private static let patience: Int64 = 3_000

    /// Whether files that git knows have changes that are in no commit; nil where git is not there or takes too long.
    package static func hasChanges(in directory: String) -> Bool? {
        guard case .found(let path) = ExecutableLookup.find(Array("git".utf8), searchPath: CommandText.value("PATH")),
            let ends = PipeEnds()
        else { return nil }
        let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
        guard nothing >= 0 else {
            ends.close()
            return nil
        }
        defer { close(nothing) }
        let words = ["git", "-C", directory, "status", "--porcelain", "--untracked-files=no"].map { Array($0.utf8) }
        let program = ChildProcess.Program(
            path: path, arguments: words, environment: CommandText.environment(changing: ["GIT_OPTIONAL_LOCKS": "0"]))
        let child = ChildProcess.start(
            program, streams: .init(input: nothing, output: ends.writing, error: nothing), inheritance: .atStart,
            leadsSession: false)
        close(ends.writing)
        defer { close(ends.reading) }
        guard let child else { return nil }
        var poll = pollfd(fd: ends.reading, events: Int16(POLLIN), revents: 0)
        let isAnswered = Glibc.poll(&poll, 1, Int32(patience)) > 0
        var byte: UInt8 = 0
        let count = isAnswered ? read(ends.reading, &byte, 1) : 0
        // One line is enough to know.
        if count > 0 || !isAnswered { kill(child.pid, SIGKILL) }
        var status: Int32 = 0
        while waitpid(child.pid, &status, 0) < 0 && errno == EINTR {}
        if count > 0 { return true }
        return isAnswered && status == 0 ? false : nil
    }
}
