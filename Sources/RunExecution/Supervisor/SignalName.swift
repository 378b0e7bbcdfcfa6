import Glibc

/// The names by which people know signals.
enum SignalName {
    private static let names: [Int32: String] = [
        SIGHUP: "SIGHUP", SIGINT: "SIGINT", SIGQUIT: "SIGQUIT", SIGILL: "SIGILL", SIGTRAP: "SIGTRAP",
        SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGKILL: "SIGKILL", SIGUSR1: "SIGUSR1",
        SIGSEGV: "SIGSEGV", SIGUSR2: "SIGUSR2", SIGPIPE: "SIGPIPE", SIGALRM: "SIGALRM", SIGTERM: "SIGTERM",
        SIGXCPU: "SIGXCPU", SIGXFSZ: "SIGXFSZ", SIGSYS: "SIGSYS",
    ]

    /// What those mean that a program's own fault or a limit brings.
    private static let meanings: [Int32: String] = [
        SIGILL: "illegal instruction", SIGTRAP: "trap", SIGABRT: "it aborted", SIGBUS: "bus error",
        SIGFPE: "arithmetic error", SIGSEGV: "segmentation fault", SIGXCPU: "CPU time limit",
        SIGXFSZ: "file size limit", SIGSYS: "forbidden system call",
    ]

    /// `SIGSEGV, segmentation fault`, and SIGKILL as it is; nil for those that mean nothing by themselves.
    static func crash(_ number: Int32) -> String? {
        if number == SIGKILL { return text(of: number) }
        return meanings[number].map { "\(text(of: number)), \($0)" }
    }

    static func text(of number: Int32) -> String { names[number] ?? "signal \(number)" }

    /// Nil for a name that is none of a signal's.
    static func number(of name: String) -> Int32? { names.first { $0.value == name }?.key }
}
