import CProcess
import Glibc

/// What this process was started with and must hand on to a command unchanged.
///
/// Descriptors, the signal mask and ignored signals change as soon as the runtime and the libraries begin their work,
/// so they are noted before that.
package struct Inheritance: Sendable {
    /// Those above the standard streams, in ascending order.
    let descriptors: [Int32]
    let signalMask: sigset_t
    let ignoredSignals: sigset_t
    /// That of the thread that asks.
    let niceness: Int32

    /// As this process was started; right when first asked for before anything else opens a file.
    package static let atStart: Inheritance = {
        var mask = sigset_t()
        pthread_sigmask(SIG_BLOCK, nil, &mask)
        var ignored = sigset_t()
        sigemptyset(&ignored)
        for number in 1..<Int32(NSIG) where SignalRelay.isIgnored(number) { sigaddset(&ignored, number) }
        return Inheritance(descriptors: openDescriptors(), signalMask: mask, ignoredSignals: ignored)
    }()

    /// No descriptors, and all signals with their default action: for a command within a program that does other things
    /// too, whose own signals are no matter of its caller's.
    package static let none: Inheritance = {
        var nothing = sigset_t()
        sigemptyset(&nothing)
        return Inheritance(descriptors: [], signalMask: nothing, ignoredSignals: nothing)
    }()

    private init(descriptors: [Int32], signalMask: sigset_t, ignoredSignals: sigset_t) {
        self.descriptors = descriptors
        self.signalMask = signalMask
        self.ignoredSignals = ignoredSignals
        niceness = getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0)
    }

    /// Gives up this process's copies, so that only the command holds the pipes and locks of its caller.
    func closeDescriptors() {
        for descriptor in descriptors { close(descriptor) }
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
