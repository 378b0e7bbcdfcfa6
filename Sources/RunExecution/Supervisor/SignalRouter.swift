import Synchronization

/// Hands this process's signals to whoever is in charge of the run: first to who waits for its turn, then to the command.
///
/// What nobody has read yet is kept for the next reader: between the two the run service is asked, which may take long.
final class SignalRouter: Sendable {
    private let mailbox = Mailbox()
    private let relaying: Task<Void, Never>

    init(_ source: AsyncStream<Int32>) {
        relaying = Task { [mailbox] in
            for await signal in source { mailbox.put(signal) }
            mailbox.end()
        }
    }

    /// All signals that no reader before has got, for one reader at a time; it ends with its reader's task.
    func signals() -> AsyncStream<Int32> { AsyncStream { [mailbox] in await mailbox.take() } }

    /// No signal is wanted any more.
    func end() {
        relaying.cancel()
        mailbox.end()
    }
}

/// Keeps signals until they are read; unlike a stream's, its content outlives a cancelled reader.
private final class Mailbox: Sendable {
    private struct State {
        var unread: [Int32] = []
        var reader: CheckedContinuation<Int32?, Never>?
        var isOver = false
    }

    private let state = Mutex(State())

    func put(_ signal: Int32) {
        let reader = state.withLock { state in
            defer { state.reader = nil }
            if state.reader == nil { state.unread.append(signal) }
            return state.reader
        }
        reader?.resume(returning: signal)
    }

    /// The next one; nil after the last, or once the reader is cancelled.
    func take() async -> Int32? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { reader in
                let answer: Int32?? = state.withLock { state in
                    if Task.isCancelled { return .some(nil) }
                    if !state.unread.isEmpty { return state.unread.removeFirst() }
                    if state.isOver { return .some(nil) }
                    state.reader = reader
                    return nil
                }
                if let answer { reader.resume(returning: answer) }
            }
        } onCancel: {
            leave()
        }
    }

    func end() {
        state.withLock { $0.isOver = true }
        leave()
    }

    private func leave() {
        let reader = state.withLock { state in
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(returning: nil)
    }
}
