import Glibc
import RunExecution

/// Notices that the demo is over: its end of our input is closed, which even SIGKILL does, or we are told to end.
actor DemoEnding {
    private var isSignalled = false

    /// Takes the process's signals over.
    func watch() {
        guard let signals = SignalRelay.begin() else { return }
        Task {
            for await signal in signals where [SIGINT, SIGTERM, SIGHUP].contains(signal) { isSignalled = true }
        }
    }

    var hasCome: Bool {
        if isSignalled { return true }
        var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        // Nothing is ever sent, so any event is the end.
        return poll(&input, 1, 0) > 0
    }
}
