import Glibc

/// A program in a pseudo terminal of 120×40 cells, whose output is read and counted here.
final class TerminalProcess {
    let pid: pid_t
    private let controller: Int32
    private(set) var byteCount = 0
    /// When the program was started, by `Stopwatch`.
    let startedAt: Double

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    init(_ arguments: [String], adding variables: [String: String] = [:], columns: UInt16 = 120, rows: UInt16 = 40)
        throws
    {
        controller = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var unlocked: CInt = 0
        var number: CUnsignedInt = 0
        guard controller >= 0, ioctl(controller, Self.setLock, &unlocked) == 0,
            ioctl(controller, Self.getNumber, &number) == 0
        else { throw Failure(description: "No pseudo terminal is left.") }
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(controller, UInt(TIOCSWINSZ), &size)
        startedAt = Stopwatch.now()
        pid = try Self.spawn(arguments, on: "/dev/pts/\(number)", adding: variables)
    }

    // Macros that the importer cannot read, from asm-generic/ioctls.h and spawn.h: TIOCSPTLCK, TIOCGPTN,
    // POSIX_SPAWN_SETSID.
    private static let setLock: UInt = 0x4004_5431
    private static let getNumber: UInt = 0x8004_5430
    private static let newSession: Int16 = 0x80

    /// The first terminal that the leader of a new session opens becomes its controlling terminal.
    private static func spawn(
        _ arguments: [String], on terminal: String, adding added: [String: String]
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, newSession)
        let home = getenv("HOME").map { String(cString: $0) } ?? "/"
        let usual = ["TERM": "xterm-256color", "LANG": "C.UTF-8", "HOME": home, "PATH": "/usr/bin:/bin"]
        let environment = usual.merging(added) { $1 }.map { "\($0)=\($1)" }
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer { for text in words + variables { free(text) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, arguments[0], &actions, &attributes, &words, &variables)
        guard code == 0 else {
            throw Failure(description: "\(arguments[0]) does not start: \(String(cString: strerror(code)))")
        }
        return pid
    }

    /// What arrives within so many milliseconds; empty when nothing does.
    func read(within milliseconds: Double) throws -> [UInt8] {
        var request = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
        guard poll(&request, 1, Int32(milliseconds.rounded(.up))) > 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(controller, &bytes, bytes.count)
        guard count > 0 else { throw Failure(description: "The program ended.") }
        byteCount += count
        return Array(bytes.prefix(count))
    }

    /// Reads until `text` has been sent. Returns when that was, by `Stopwatch`.
    func wait(for text: String, within milliseconds: Double = 30_000) throws -> Double {
        let needle = Array(text.utf8)
        var tail: [UInt8] = []
        let deadline = Stopwatch.now() + milliseconds
        while Stopwatch.now() < deadline {
            tail += try read(within: deadline - Stopwatch.now())
            let now = Stopwatch.now()
            if tail.firstRange(of: needle) != nil { return now }
        }
        throw Failure(description: "The screen never showed \(text).")
    }

    /// Reads until nothing has come for so many milliseconds. Returns when the last of it came; nil when nothing did.
    @discardableResult
    func drain(quiet milliseconds: Double, atMost limit: Double = 60_000) throws -> Double? {
        var last: Double?
        let deadline = Stopwatch.now() + limit
        while Stopwatch.now() < deadline {
            if try read(within: milliseconds).isEmpty { return last }
            last = Stopwatch.now()
        }
        return last
    }

    /// Reads until the dashboard has loaded all it wants: until so many milliseconds went by in which it used next to no
    /// processor.
    func settle(quiet milliseconds: Double = 1_000) throws {
        var used = ProcessUsage(of: pid).cpuSeconds
        while true {
            let end = Stopwatch.now() + milliseconds
            while Stopwatch.now() < end { _ = try read(within: end - Stopwatch.now()) }
            let now = ProcessUsage(of: pid).cpuSeconds
            if now - used < 0.1 { return }
            used = now
        }
    }

    func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(controller, bytes, bytes.count)
    }

    /// Ends the program and takes its exit status off the kernel's hands.
    func end() {
        kill(pid, SIGKILL)
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        close(controller)
    }
}
