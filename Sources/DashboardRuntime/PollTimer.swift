import Dispatch

/// The Dispatch timer behind every refresh.
///
/// It runs on the steady clock, which stands still while the machine sleeps, and a source coalesces what it missed:
/// after a suspend there is one tick, not a storm, and a wall clock set back changes nothing.
@MainActor
final class PollTimer {
    private var source: (any DispatchSourceTimer)?
    private let fire: @MainActor () -> Void

    init(fire: @escaping @MainActor () -> Void) { self.fire = fire }

    /// Fires every so many ms from now on, the first time after one interval.
    func start(interval: Int) {
        source?.cancel()
        let timer = DispatchSource.makeTimerSource(queue: .main)
        // A tenth late is not noticed, and lets the kernel wake the processor once for several timers.
        timer.schedule(
            deadline: .now() + .milliseconds(interval), repeating: .milliseconds(interval),
            leeway: .milliseconds(interval / 10))
        timer.setEventHandler { @Sendable [weak self] in
            MainActor.assumeIsolated { self?.fire() }
        }
        timer.resume()
        source = timer
    }

    func stop() {
        source?.cancel()
        source = nil
    }
}
