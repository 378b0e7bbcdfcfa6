import CProcess
import DashboardRuntime
import FileAccess
import Glibc

/// The configured command, run by the shell with the event on its standard input.
struct HookCommand: EventHook {
    /// As a person would type it.
    let command: String
    /// Milliseconds that it may take.
    var deadline: Int64 = 10_000

    func run(_ line: String) async -> String? {
        await BlockingCall.run { attempt(line + "\n") }
    }

    /// A pipe holds so much without a reader; an event is far shorter.
    private static let mostBytes = 60_000

    private func attempt(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.count <= Self.mostBytes else { return "An event is too long for the hook." }
        var ends: [Int32] = [0, 0]
        let failure = cprocess_pipe(&ends)
        guard failure == 0 else { return Self.fault("The hook gets no pipe", failure) }
        defer { close(ends[0]) }
        let written = bytes.withUnsafeBytes { write(ends[1], $0.baseAddress, $0.count) }
        close(ends[1])
        guard written == bytes.count else { return Self.fault("The event cannot be given to the hook", errno) }
        var pid: pid_t = 0
        let error = spawn(&pid, input: ends[0])
        guard error == 0 else { return Self.fault("The hook cannot be started", error) }
        return wait(for: pid)
    }

    /// In a process group of its own, so that all of it can be ended, and without the terminal, which is ours.
    private func spawn(_ pid: inout pid_t, input: Int32) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        var arguments: [UnsafeMutablePointer<CChar>?] = (["sh", "-c", command] as [String]).map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        return posix_spawn(&pid, "/bin/sh", &actions, &attributes, &arguments, environ)
    }

    private func wait(for pid: pid_t) -> String? {
        var waited: Int64 = 0
        var status: Int32 = 0
        while waited < deadline {
            let ended = waitpid(pid, &status, WNOHANG)
            if ended == pid { return Self.sentence(status) }
            if ended < 0, errno != EINTR { return nil }
            usleep(UInt32(Self.step * 1_000))
            waited += Self.step
        }
        kill(-pid, SIGKILL)
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return "The hook took more than \(deadline / 1_000) s and was ended."
    }

    /// Milliseconds between two looks at a command that has not ended.
    private static let step: Int64 = 20

    private static func sentence(_ status: Int32) -> String? {
        let signal = status & 0x7f
        if signal != 0 { return "The hook was ended by signal \(signal)." }
        let code = (status >> 8) & 0xff
        return code == 0 ? nil : "The hook ended with status \(code); try it with an event on its standard input."
    }

    private static func fault(_ what: String, _ code: Int32) -> String {
        "\(what) (\(String(cString: strerror(code))))."
    }
}
