import Foundation
import Glibc
package import RunServices
import Synchronization

/// A real process that leads its own session and group, as a supervised command does; killed and reaped at the end.
package final class TestProcess: Sendable {
    package let stamp: ProcessStamp
    private let isReaped = Mutex(false)

    /// Runs `script` with /bin/sh; `environment` holds further entries such as `NAME=value`.
    package init(_ script: String = "exec sleep 1000", environment: [String] = []) throws {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A supervisor under test ignores signals while it lives, and a shell cannot trap what was ignored at its start.
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        // POSIX_SPAWN_SETSIGDEF, _SETSIGMASK and _SETSID, of spawn.h; the importer leaves the last one out.
        posix_spawnattr_setflags(&attributes, 0x04 | 0x08 | 0x80)
        // A process that inherits the port of another test's server keeps it open when that server is closed.
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        try Self.closeFrom(3, &actions)
        // One that outlives a test that failed must not keep `swift test`, which waits for all who have its output.
        for stream in [STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0)
        }
        var arguments: [UnsafeMutablePointer<CChar>?] = ["sh", "-c", script].map { (text: String) in strdup(text) }
        arguments.append(nil)
        defer { for argument in arguments { free(argument) } }
        let inherited = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
        var variables: [UnsafeMutablePointer<CChar>?] = (inherited + environment).map { (text: String) in strdup(text) }
        variables.append(nil)
        defer { for variable in variables { free(variable) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, "/bin/sh", &actions, &attributes, &arguments, &variables)
        guard code == 0 else { throw RunServiceError(.unavailable, "No process: \(code).") }
        stamp = try Stamps.stamp(of: pid)
    }

    deinit { kill() }

    /// posix_spawn_file_actions_addclosefrom_np(3), of glibc 2.34 and later, which the importer leaves out.
    private static func closeFrom(_ first: CInt, _ actions: inout posix_spawn_file_actions_t) throws {
        typealias Function = @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, CInt) -> CInt
        guard let symbol = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np") else {
            throw RunServiceError(.unsupported, "The tests need glibc 2.34 or later.")
        }
        _ = unsafeBitCast(symbol, to: Function.self)(&actions, first)
    }

    /// Whether its leader is gone, by itself or because of `kill`.
    package var hasEnded: Bool {
        isReaped.withLock { isReaped in
            if !isReaped, waitpid(stamp.pid, nil, WNOHANG) == stamp.pid { isReaped = true }
            return isReaped
        }
    }

    /// Ends the whole group at once, as `kill -9` would, and waits until the leader is gone.
    package func kill() {
        isReaped.withLock { isReaped in
            // Once reaped, its pid may be another's.
            if isReaped { return }
            Glibc.kill(-stamp.pid, SIGKILL)
            var status: Int32 = 0
            while waitpid(stamp.pid, &status, 0) == -1 && errno == EINTR {}
            isReaped = true
        }
    }
}

/// Polls until `condition` holds; false when that takes more than a minute.
package func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
        if try await condition() { return true }
        try await Task.sleep(for: .milliseconds(10))
    }
    return false
}
