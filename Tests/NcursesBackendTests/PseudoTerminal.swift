import Glibc
import Testing

/// A pseudo terminal with the probe on its other side.
///
/// The probe is killed and everything closed when the value goes.
final class PseudoTerminal {
    private var master: Int32
    private(set) var process: pid_t = 0
    private var hasEnded = false

    /// Everything waits at most this long; only a failing test does.
    private static let patience: Duration = .seconds(60)

    /// TIOCSPTLCK and TIOCGPTN of <asm-generic/ioctls.h> and POSIX_SPAWN_SETSID of <spawn.h>: macros that Swift does not
    /// import.
    private static let setLock: UInt = 0x4004_5431
    private static let getNumber: UInt = 0x8004_5430
    private static let newSession: Int16 = 0x80
    /// POSIX_SPAWN_SETSIGMASK: a test runs on a Dispatch thread, which blocks the signals that the probe waits for.
    private static let ownSignalMask: Int16 = 0x08
    /// POSIX_SPAWN_SETSIGDEF: tests that run in the background of a shell ignore SIGINT and SIGQUIT.
    private static let ownSignalActions: Int16 = 0x04

    /// Starts the probe, or a command with `$PROBE` in it for a shell, in a session of its own.
    init(
        environment: [String], columns: UInt16 = 80, rows: UInt16 = 10, command: String = "exec \"$PROBE\""
    ) throws {
        // Not openpty: another test's process, started just then, would inherit the terminal and keep it open.
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var unlocked: Int32 = 0
        var number: Int32 = 0
        try #require(ioctl(master, Self.setLock, &unlocked) == 0 && ioctl(master, Self.getNumber, &number) == 0)
        resize(columns: columns, rows: rows)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Self.newSession | Self.ownSignalMask | Self.ownSignalActions)
        var unblocked = sigset_t()
        sigemptyset(&unblocked)
        posix_spawnattr_setsigmask(&attributes, &unblocked)
        var reset = sigset_t()
        sigemptyset(&reset)
        sigaddset(&reset, SIGINT)
        sigaddset(&reset, SIGQUIT)
        posix_spawnattr_setsigdefault(&attributes, &reset)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // Opened by the leader of a new session, the terminal becomes the one that controls it.
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/pts/\(number)", O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)

        // The probe traps on purpose; a backtrace would only take time.
        let settings = ["PROBE=\(try Self.probe)", "SWIFT_BACKTRACE=enable=no"] + environment
        var arguments = Self.copies(of: ["/bin/sh", "-c", command])
        var variables = Self.copies(of: settings)
        defer { for pointer in arguments + variables { free(pointer) } }
        try #require(posix_spawn(&process, "/bin/sh", &actions, &attributes, &arguments, &variables) == 0)
    }

    /// C strings with the null that ends a vector of them; the caller frees them.
    private static func copies(of words: [String]) -> [UnsafeMutablePointer<CChar>?] {
        words.map { strdup($0) } + [nil]
    }

    /// The executable beside this test's own.
    static var probe: String {
        get throws {
            var path = [CChar](repeating: 0, count: Int(PATH_MAX))
            let length = readlink("/proc/self/exe", &path, path.count - 1)
            try #require(length > 0)
            let own = String(decoding: path.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
            // `swift test` may run the tests inside a helper of the toolchain, with the test bundle as an argument.
            let candidates = [own] + CommandLine.arguments
            let folders = candidates.map { $0.split(separator: "/", omittingEmptySubsequences: false).dropLast() }
            let paths = folders.map { $0.joined(separator: "/") + "/TerminalProbe" }
            return try #require(paths.first { access($0, X_OK) == 0 })
        }
    }

    deinit {
        closeTerminal()
        // 0 would be the group of the tests themselves.
        if !hasEnded && process > 0 {
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
        }
    }

    func closeTerminal() {
        if master >= 0 { close(master) }
        master = -1
    }

    func resize(columns: UInt16, rows: UInt16) {
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    func type(_ text: String) {
        let bytes = Array(text.utf8)
        #expect(write(master, bytes, bytes.count) == bytes.count)
    }

    /// Reads until `isComplete` holds for what this call has read.
    func output(until isComplete: (String) -> Bool) throws -> String {
        let end = ContinuousClock.now + Self.patience
        var bytes: [UInt8] = []
        while !isComplete(String(decoding: bytes, as: UTF8.self)) {
            let text = String(decoding: bytes, as: UTF8.self)
            try #require(ContinuousClock.now < end, "the probe did not answer as expected: \(text.debugDescription)")
            var input = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
            guard poll(&input, 1, 100) > 0 else { continue }
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = read(master, &buffer, buffer.count)
            // EIO: the other side has gone.
            guard count > 0 else { break }
            bytes += buffer.prefix(count)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    func output(until text: String) throws -> String {
        let result = try output { $0.contains(text) }
        try #require(result.contains(text), "\(result.debugDescription)")
        return result
    }

    /// The rest of what the probe sends before it ends, and how it ended.
    func end() throws -> (output: String, status: Int32) {
        let rest = try output { _ in false }
        return (rest, try waitForEnd())
    }

    /// The status as of waitpid: 0 for a clean exit, the signal in the low bits, the exit status above.
    func waitForEnd() throws -> Int32 {
        let status = try wait(options: 0)
        hasEnded = true
        return status
    }

    /// Waits until the probe has stopped itself.
    func waitForStop() throws {
        let status = try wait(options: WUNTRACED)
        #expect(status & 0xFF == 0x7F && status >> 8 == SIGSTOP)
    }

    private func wait(options: Int32) throws -> Int32 {
        let end = ContinuousClock.now + Self.patience
        var status: Int32 = 0
        while waitpid(process, &status, options | WNOHANG) == 0 {
            try #require(ContinuousClock.now < end, "the probe has not ended")
            poll(nil, 0, 5)
        }
        return status
    }

    /// The terminal's modes: whether it echoes, and whether it waits for whole lines.
    var isOrdinary: Bool {
        var modes = termios()
        tcgetattr(master, &modes)
        let wanted = tcflag_t(ECHO | ICANON | ISIG)
        return modes.c_lflag & wanted == wanted && modes.c_iflag & tcflag_t(ICRNL) != 0
    }

    /// Signals for which the probe has a handler, from the kernel.
    func caughtSignals() throws -> Set<Int32> {
        let file = open("/proc/\(process)/status", O_RDONLY)
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 8192)
        let count = read(file, &buffer, buffer.count)
        try #require(count > 0)
        let lines = String(decoding: buffer.prefix(count), as: UTF8.self).split(separator: "\n")
        let line = try #require(lines.first { $0.hasPrefix("SigCgt:") })
        let mask = try #require(UInt64(line.split(whereSeparator: \.isWhitespace)[1], radix: 16))
        return Set((1...31).filter { mask & (1 << UInt64($0 - 1)) != 0 })
    }
}
