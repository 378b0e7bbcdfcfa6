import Glibc

/// What this process was started with and must hand on to a command unchanged.
///
/// Descriptors, the signal mask and ignored signals change as soon as the runtime and the libraries begin their work,
/// so they are noted before that.
package struct Inheritance: Sendable {
    /// Those above the standard streams, in ascending order.
    let descriptors: [Int32]
    /// Signals by number, 1 in the lowest bit.
    let blockedSignals: UInt64
    let ignoredSignals: UInt64
    /// That of the thread that asks.
    let niceness: Int32

    /// As this process was started; right when first asked for before anything else opens a file.
    package static let atStart: Inheritance = {
        var mask = sigset_t()
        pthread_sigmask(SIG_BLOCK, nil, &mask)
        return Inheritance(
            descriptors: openDescriptors(), blockedSignals: bits { sigismember(&mask, $0) == 1 },
            ignoredSignals: bits(where: SignalRelay.isIgnored))
    }()

    /// No descriptors, and all signals with their default action: for a command within a program that does other things
    /// too, whose own signals are no matter of its caller's.
    package static let none = Inheritance(descriptors: [], blockedSignals: 0, ignoredSignals: 0)

    private init(descriptors: [Int32], blockedSignals: UInt64, ignoredSignals: UInt64) {
        self.descriptors = descriptors
        self.blockedSignals = blockedSignals
        self.ignoredSignals = ignoredSignals
        niceness = getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0)
    }

    /// Gives up this process's copies, so that only the command holds the pipes and locks of its caller.
    func closeDescriptors() {
        for descriptor in descriptors { close(descriptor) }
    }

    private static func bits(where isMember: (Int32) -> Bool) -> UInt64 {
        (1..<Int32(NSIG)).reduce(0) { $0 | (isMember($1) ? 1 << UInt64($1 - 1) : 0) }
    }

    private static func openDescriptors() -> [Int32] {
        guard let directory = opendir("/proc/self/fd") else {
            // Shells give out low numbers.
            return (3..<256).filter { fcntl($0, F_GETFD) >= 0 }
        }
        defer { closedir(directory) }
        let own = dirfd(directory)
        var numbers: [Int32] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let number = Int32(name), number > STDERR_FILENO, number != own { numbers.append(number) }
        }
        return numbers.sorted()
    }
}
