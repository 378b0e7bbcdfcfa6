import Glibc

/// Tells when anything about the queues changes: a file of theirs was written, came, went, or lost the last process
/// that held it.
///
/// The kernel says so (inotify) also of a holder that was killed, so that waiting costs nothing. Where it does not, as on
/// a network's file system or when this user has no watch left, the looks every few seconds must do.
struct QueueWatch: Sendable {
    /// Closing it ends the thread.
    private let stop: PipeEnds

    /// Milliseconds in which changes count as one, and in which the kernel takes the lock of a file away that it told of.
    private static let calm: Int32 = 20

    /// Nil where there is nothing to watch with.
    init?(_ path: String, _ changed: @escaping @Sendable () -> Void) {
        let watch = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
        guard watch >= 0 else { return nil }
        let events = UInt32(IN_CLOSE_WRITE | IN_MODIFY | IN_MOVED_TO | IN_DELETE)
        guard inotify_add_watch(watch, path, events) >= 0, let stop = PipeEnds() else {
            close(watch)
            return nil
        }
        let isStarted = DedicatedThread.start {
            Self.serve(watch, stop.reading, changed)
            close(watch)
            close(stop.reading)
        }
        guard isStarted else {
            close(watch)
            stop.close()
            return nil
        }
        self.stop = stop
    }

    /// Ends it, once.
    func end() { close(stop.writing) }

    private static func serve(_ watch: Int32, _ stop: Int32, _ changed: () -> Void) {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            var ready = [pollfd(fd: watch, events: Int16(POLLIN), revents: 0), pollfd(fd: stop, events: 0, revents: 0)]
            let count = poll(&ready, 2, -1)
            if count < 0 && errno == EINTR { continue }
            if count < 0 || ready[1].revents != 0 { return }
            _ = poll(&ready[1], 1, calm)
            if ready[1].revents != 0 { return }
            while read(watch, &buffer, buffer.count) > 0 {}
            changed()
        }
    }
}
