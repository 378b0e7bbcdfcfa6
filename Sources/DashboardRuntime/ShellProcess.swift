import DashboardCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Starting programs, with every signal at its default: what this process ignores for itself is not theirs.
enum ShellProcess {
    /// Starts a program, which is looked for along PATH; an errno where that failed.
    ///
    /// - Parameters:
    ///   - variables: what its environment has besides this process's.
    ///   - streams: descriptors that become its first three, with a process group of its own; nil shares this process's.
    static func start(
        _ words: [String], variables: [String: String], streams: [Int32]? = nil, pid: inout pid_t
    ) -> Int32 {
        guard let program = words.first else { return ENOENT }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        var flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let streams {
            posix_spawnattr_setpgroup(&attributes, 0)
            flags |= POSIX_SPAWN_SETPGROUP
            for (number, descriptor) in streams.enumerated() {
                posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
            }
        }
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = Self.environment(with: variables)
        defer { for text in arguments + environment { free(text) } }
        return posix_spawnp(&pid, program, &actions, &attributes, &arguments, &environment)
    }

    private static func environment(with variables: [String: String]) -> [UnsafeMutablePointer<CChar>?] {
        var entries: [UnsafeMutablePointer<CChar>?] = []
        var next = environ
        while let entry = next.pointee {
            let name = String(cString: entry).prefix { $0 != "=" }
            if variables[String(name)] == nil { entries.append(strdup(entry)) }
            next += 1
        }
        for (name, value) in variables { entries.append(strdup("\(name)=\(value)")) }
        return entries + [nil]
    }

    /// What the status of wait(2) says.
    static func end(_ status: Int32) -> CommandEnd {
        let number = status & 0x7f
        return number == 0 ? .exited((status >> 8) & 0xff) : .signal(number)
    }
}
