import Glibc
import RunServices

/// Writes whole lines at once, unbuffered, so that a person who watches sees each as it is written.
enum Console {
    /// For the output that a person or script asked for.
    static func say(_ line: String) { put(line, to: STDOUT_FILENO) }

    /// For what is worth knowing beside it. Others' text in it, a server's or an argument's, cannot steer the terminal.
    static func warn(_ line: String) { put(Shown.lines(line), to: STDERR_FILENO) }

    /// As `say`, for output that must not get lost unnoticed, as on a full disk.
    ///
    /// A pipe whose reader has gone is no failure: whoever closed it has read enough.
    static func deliver(_ line: String) throws(ConsoleError) {
        signal(SIGPIPE, SIG_IGN)
        let code = put(line, to: STDOUT_FILENO)
        if code == 0 || code == EPIPE { return }
        throw ConsoleError("The result cannot be written (\(String(cString: strerror(code)))).")
    }

    /// Fills the places of closed standard streams, so that no file opened later is taken for one of them.
    static func openMissingStreams() {
        // open(2) takes the lowest free descriptor, so what comes above the streams ends the search.
        while true {
            let descriptor = open("/dev/null", O_RDWR)
            if descriptor > STDERR_FILENO { close(descriptor) }
            if descriptor < 0 || descriptor > STDERR_FILENO { return }
        }
    }

    /// Returns errno, 0 when all is written.
    @discardableResult
    private static func put(_ line: String, to descriptor: Int32) -> Int32 {
        // On a terminal whose output is not processed, as while a command has it, a line feed alone does not return.
        var modes = termios()
        let isRaw = tcgetattr(descriptor, &modes) == 0 && modes.c_oflag & tcflag_t(OPOST) == 0
        let text =
            isRaw
            ? "\r" + line.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n") + "\r"
            : line
        let bytes = Array("\(text)\n".utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written)
            }
            if count < 0 && errno != EINTR { return errno }
            written += max(0, count)
        }
        return 0
    }
}
