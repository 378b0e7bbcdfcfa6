import Dispatch

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Signals as events on the main queue, where the terminal may be touched; the default actions are put back at the end.
@MainActor
final class SignalSources {
    private var sources: [any DispatchSourceSignal] = []
    private var previous: [(signal: Int32, action: sigaction)] = []

    func handle(_ signals: [Int32], _ handler: @escaping @MainActor (Int32) -> Void) {
        for number in signals {
            // A source only sees a signal that neither kills nor runs another handler.
            var ignore = sigaction()
            ignore.__sigaction_handler.sa_handler = SIG_IGN
            var before = sigaction()
            sigaction(number, &ignore, &before)
            previous.append((number, before))
            let source = DispatchSource.makeSignalSource(signal: number, queue: .main)
            source.setEventHandler { @Sendable in
                MainActor.assumeIsolated { handler(number) }
            }
            source.resume()
            sources.append(source)
        }
    }

    func stop() {
        for source in sources { source.cancel() }
        sources = []
        for var entry in previous { sigaction(entry.signal, &entry.action, nil) }
        previous = []
    }
}
