import Glibc
import Synchronization

/// Reads a command's two pipes in order of arrival, only when asked, so that a slow log slows the command down instead
/// of filling this process's memory.
///
/// The subprocess library could stream both, but stops at what the pipes hold when the command's first process exits,
/// while the last words of its process group are still to come; hence own pipes, and one poll(2) for both.
final class OutputReader: Sendable {
    private enum Request: UInt8 {
        case next, drain
    }

    /// Milliseconds of silence, and in all, that are waited for words of processes that outlive the command and hold its pipes.
    private static let drainSilence: Int64 = 200
    private static let drainLimit: Int64 = 2_000
    /// Bytes per read; the most a pipe holds by default (pipe(7)).
    private static let readSize = 65_536

    private let requests: PipeEnds
    private let waiting = Mutex<CheckedContinuation<[OutputChunk], Never>?>(nil)

    /// Takes over the reading ends. Throws when the system has no descriptor or thread left.
    init(
        standardOutput: OwnedDescriptor, standardError: OwnedDescriptor, mirrored: Bool
    ) throws(CommandStartError) {
        guard let requests = PipeEnds() else { throw CommandStartError.noResources(errno) }
        self.requests = requests
        let started = DedicatedThread.start { [self] in
            serve(
                [(standardOutput.take(), .standardOutput), (standardError.take(), .standardError)], mirrored: mirrored)
        }
        guard started else {
            requests.close()
            throw CommandStartError.noResources(EAGAIN)
        }
    }

    /// What arrived since the last call, waiting for some; empty when both pipes are done. For one caller at a time.
    func next() async -> [OutputChunk] {
        await withCheckedContinuation { continuation in
            waiting.withLock { $0 = continuation }
            send(.next)
        }
    }

    /// From now on the pipes count as done once they fall silent, though a process may still hold their other ends.
    func drain() { send(.drain) }

    /// Ends the thread and closes the pipes. Nothing may be asked afterwards.
    func close() { Glibc.close(requests.writing) }

    private func send(_ request: Request) {
        var byte = request.rawValue
        while write(requests.writing, &byte, 1) < 0 && errno == EINTR {}
    }

    private func receive() -> Request? {
        var byte: UInt8 = 0
        while true {
            let count = read(requests.reading, &byte, 1)
            if count == 1 { return Request(rawValue: byte) }
            if count == 0 || errno != EINTR { return nil }
        }
    }

    private func serve(_ pipes: [(Int32, CommandStream)], mirrored: Bool) {
        var open = pipes
        var mirror = mirrored ? TerminalMirror() : nil
        var deadline: Int64?
        while let request = receive() {
            switch request {
            case .drain: deadline = MonotonicClock.now() + Self.drainLimit
            case .next:
                let chunks = collect(from: &open, until: &deadline)
                for chunk in chunks { mirror?.write(chunk) }
                waiting.withLock { $0.take() }?.resume(returning: chunks)
            }
        }
        for (descriptor, _) in open { Glibc.close(descriptor) }
        Glibc.close(requests.reading)
    }

    private func collect(from open: inout [(Int32, CommandStream)], until deadline: inout Int64?) -> [OutputChunk] {
        while !open.isEmpty {
            var polls = open.map { pollfd(fd: $0.0, events: Int16(POLLIN), revents: 0) }
            polls.append(pollfd(fd: requests.reading, events: Int16(POLLIN), revents: 0))
            let patience = deadline.map { max(0, min(Self.drainSilence, $0 - MonotonicClock.now())) } ?? -1
            let count = poll(&polls, nfds_t(polls.count), Int32(patience))
            if count < 0 && errno == EINTR { continue }
            if polls[open.count].revents != 0 {
                // Only `drain` can come while `next` waits, unless the supervisor has left.
                guard receive() != nil else { return [] }
                deadline = MonotonicClock.now() + Self.drainLimit
            }
            if count == 0 && deadline != nil { return [] }
            var chunks: [OutputChunk] = []
            var done: [Int32] = []
            for (index, (descriptor, stream)) in open.enumerated() where polls[index].revents != 0 {
                let bytes = readOnce(descriptor)
                if bytes.isEmpty { done.append(descriptor) } else { chunks.append(.init(stream: stream, bytes: bytes)) }
            }
            for descriptor in done { Glibc.close(descriptor) }
            open.removeAll { done.contains($0.0) }
            if !chunks.isEmpty { return chunks }
        }
        return []
    }

    private func readOnce(_ descriptor: Int32) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Self.readSize) { buffer, initialized in
            var count = read(descriptor, buffer.baseAddress, buffer.count)
            while count < 0 && errno == EINTR { count = read(descriptor, buffer.baseAddress, buffer.count) }
            initialized = max(0, count)
        }
    }
}
