import Glibc

/// Ends this process as another has ended, or as it was told to.
enum ProcessEnd {
    /// A shell or supervisor sees the signal then, and a script stops at ctrl-c instead of going on to its next command.
    ///
    /// Returns only in the first process of a container, which no signal of its own ends.
    static func bySignal(_ number: Int32) {
        // The memory of this process says nothing of why another was killed.
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
        limit.rlim_cur = 0
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
        signal(number, SIG_DFL)
        // Not kill: while another thread takes the signal, this one could get as far as exit(0). Dispatch blocks signals
        // on its threads.
        var ending = sigset_t()
        sigemptyset(&ending)
        sigaddset(&ending, number)
        pthread_sigmask(SIG_UNBLOCK, &ending, nil)
        raise(number)
    }
}
