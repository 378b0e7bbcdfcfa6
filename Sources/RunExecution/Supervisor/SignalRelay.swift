import Glibc
import Synchronization

/// Turns the signals that this process gets into values, to be passed on to the command.
///
/// Handlers and a pipe rather than sigwait(3), which would need the signals blocked in every thread before the first
/// one starts, and the runtime starts threads as it likes.
package enum SignalRelay {
    // Written once, before the handlers that read it are installed; a handler may touch nothing but such a global.
    nonisolated(unsafe) private static var writingEnd: Int32 = -1

    /// How often this process was continued; counted as it happens, before the signal's value comes through.
    private static let continues = Atomic<Int>(0)

    /// The signals that mean something to a command; ctrl-z and its continuation are passed on as stop and continue.
    package static let relayed: [Int32] = [
        SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGWINCH, SIGTSTP, SIGCONT,
    ]

    /// What the handler writes for each signal.
    private struct Arrival {
        var number: Int32
        var sender: Int32
    }

    /// The name of the process by which Slurm signals all processes of a job's step, one by one.
    private static let stepDaemon = "slurmstepd"

    /// Takes the signals over for the whole process, once; nil when the system has no pipe or thread left.
    ///
    /// A number is negative when its sender has given the signal to every process of the command as well.
    /// A signal that was ignored from the start stays so: `nohup` and a shell's background jobs mean it.
    package static func begin() -> AsyncStream<Int32>? {
        // A reader of our output that leaves must not end the command's supervision.
        signal(SIGPIPE, SIG_IGN)
        // Where a caller ignores it, the kernel takes the ends of children away before they can be asked for.
        signal(SIGCHLD, SIG_DFL)
        guard writingEnd < 0, let pipe = PipeEnds() else { return nil }
        writingEnd = pipe.writing
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        let started = DedicatedThread.start {
            var arrival = Arrival(number: 0, sender: 0)
            while true {
                let count = read(pipe.reading, &arrival, MemoryLayout<Arrival>.size)
                if count == MemoryLayout<Arrival>.size {
                    let isGivenToAll = ProcessEntry.current(arrival.sender)?.name == stepDaemon
                    continuation.yield(isGivenToAll ? -arrival.number : arrival.number)
                } else if count >= 0 || errno != EINTR {
                    break
                }
            }
            continuation.finish()
        }
        guard started else {
            writingEnd = -1
            pipe.close()
            return nil
        }
        _ = continues.load(ordering: .relaxed)
        for number in relayed where !isIgnored(number) { install(number) }
        return stream
    }

    /// Stops this process until it is continued, at once: nothing after this call runs before.
    ///
    /// Not kill(2), which may stop another thread first and let this one go on. Nor when a signal to continue has come
    /// since the one that asked for the stop: `known` is how many have been passed on.
    static func stopProcess(unlessContinuedAfter known: Int) {
        guard continues.load(ordering: .relaxed) <= known else { return }
        // A group without a shell that could continue it is stopped by no other signal.
        if ProcessEntry.isOrphaned(group: getpgrp(), in: ProcessEntry.snapshot()) {
            raise(SIGSTOP)
        } else {
            stopAsFromTheKeys()
        }
    }

    /// By the signal itself, which a shell reports.
    private static func stopAsFromTheKeys() {
        signal(SIGTSTP, SIG_DFL)
        var stop = sigset_t()
        var mask = sigset_t()
        sigemptyset(&stop)
        sigaddset(&stop, SIGTSTP)
        pthread_sigmask(SIG_UNBLOCK, &stop, &mask)
        raise(SIGTSTP)
        pthread_sigmask(SIG_SETMASK, &mask, nil)
        install(SIGTSTP)
    }

    static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        sigaction(number, nil, &action)
        // SIG_IGN is the address 1, which is no function to compare with.
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
    }

    private static func install(_ number: Int32) {
        var action = sigaction()
        action.sa_flags = SA_RESTART | SA_SIGINFO
        action.__sigaction_handler.sa_sigaction = { number, info, _ in
            let savedErrno = errno
            if number == SIGCONT { SignalRelay.continues.add(1, ordering: .relaxed) }
            var arrival = Arrival(number: number, sender: info?.pointee._sifields._kill.si_pid ?? 0)
            write(SignalRelay.writingEnd, &arrival, MemoryLayout<Arrival>.size)
            errno = savedErrno
        }
        sigaction(number, &action, nil)
    }
}
