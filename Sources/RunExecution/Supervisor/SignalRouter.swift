import Synchronization

/// Hands this process's signals to whoever is in charge of the run: first to who waits for its turn, then to the command.
final class SignalRouter: Sendable {
    private let target: Target
    private let relaying: Task<Void, Never>

    private final class Target: Sendable {
        let current = Mutex<AsyncStream<Int32>.Continuation?>(nil)
    }

    init(_ source: AsyncStream<Int32>) {
        let target = Target()
        self.target = target
        relaying = Task {
            for await signal in source { target.current.withLock { _ = $0?.yield(signal) } }
        }
    }

    /// The signals from now on; the stream before ends.
    func next() -> AsyncStream<Int32> {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        target.current.withLock { current in
            current?.finish()
            current = continuation
        }
        return stream
    }

    /// No signal is wanted any more.
    func end() {
        relaying.cancel()
        target.current.withLock { $0?.finish() }
    }
}
