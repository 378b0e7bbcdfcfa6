import RunAttention

/// Runs a person's command for an event.
package protocol EventHook: Sendable {
    /// Gives the command one line of JSON and waits for its end, or for the deadline; returns what went wrong, in a
    /// sentence, or nil.
    func run(_ line: String) async -> String?
}

/// Has a hook run for each event, a few at a time.
@MainActor
final class HookQueue {
    private let hook: any EventHook
    private let report: @MainActor (String) -> Void
    private var waiting: [String] = []
    private var running = 0
    /// A failure is told once: the same one would follow for every event.
    private var hasReported = false

    /// More at once would load the machine that trains.
    static let mostRunning = 4
    /// More would come too late to be of use.
    static let mostWaiting = 100

    init(_ hook: any EventHook, report: @escaping @MainActor (String) -> Void) {
        self.hook = hook
        self.report = report
    }

    func take(_ event: RunEvent) {
        guard waiting.count < Self.mostWaiting else {
            fail("The hook is too slow: \(Self.mostWaiting) events wait for it, and others are left out.")
            return
        }
        waiting.append(event.jsonLine)
        startNext()
    }

    /// Starts no more; what runs is left to itself.
    func end() { waiting = [] }

    private func startNext() {
        while running < Self.mostRunning, !waiting.isEmpty {
            let line = waiting.removeFirst()
            running += 1
            Task { [weak self, hook] in
                let failure = await hook.run(line)
                self?.finished(failure)
            }
        }
    }

    private func finished(_ failure: String?) {
        running -= 1
        if let failure { fail(failure) }
        startNext()
    }

    private func fail(_ sentence: String) {
        guard !hasReported else { return }
        hasReported = true
        report(sentence)
    }
}
