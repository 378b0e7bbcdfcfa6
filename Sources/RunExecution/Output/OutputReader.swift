import Glibc
import Synchronization

/// Reads what a command writes in order of arrival, only when asked, so that a slow log slows the command down instead
/// of filling this process's memory.
///
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
    /// Sources that were still open when reading ended.
    private let leftOver = Mutex<[OutputSource]>([])

    /// Takes over the sources. Throws when the system has no descriptor or thread left.
    init(_ sources: [(descriptor: OwnedDescriptor, stream: CommandStream)], mirrored: Bool) throws(CommandStartError) {
        guard let requests = PipeEnds() else { throw CommandStartError.noResources(errno) }
        self.requests = requests
        let started = DedicatedThread.start { [self] in
            serve(sources.map { OutputSource(descriptor: $0.descriptor.take(), stream: $0.stream) }, mirrored: mirrored)
        }
        guard started else {
            requests.close()
            throw CommandStartError.noResources(EAGAIN)
        }
    }

    /// What arrived since the last call, waiting for some; empty when all sources are done. For one caller at a time.
    func next() async -> [OutputChunk] {
        await withCheckedContinuation { continuation in
            waiting.withLock { $0 = continuation }
            send(.next)
        }
    }

    /// From now on the sources count as done once they fall silent, though a process may still hold their other ends.
    func drain() { send(.drain) }

    /// The sources that fell silent but are not closed; the taker closes them. Only after `next` was empty.
    func takeLeftOver() -> [OutputSource] {
        leftOver.withLock { sources in
            defer { sources = [] }
            return sources
        }
    }

    /// Ends the thread and closes what is left. Nothing may be asked afterwards.
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

    private func serve(_ sources: [OutputSource], mirrored: Bool) {
        var open = sources
        var mirror = mirrored ? TerminalMirror() : nil
        var deadline: Int64?
        while let request = receive() {
            switch request {
            case .drain: deadline = MonotonicClock.now() + Self.drainLimit
            case .next:
                let chunks = collect(from: &open, until: &deadline)
                for chunk in chunks { mirror?.write(chunk) }
                if chunks.isEmpty {
                    leftOver.withLock { $0 = open }
                    open = []
                }
                waiting.withLock { $0.take() }?.resume(returning: chunks)
            }
        }
        for source in open + takeLeftOver() { Glibc.close(source.descriptor) }
        Glibc.close(requests.reading)
    }

    private func collect(from open: inout [OutputSource], until deadline: inout Int64?) -> [OutputChunk] {
        while !open.isEmpty {
            var polls = open.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
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
            for (index, source) in open.enumerated() where polls[index].revents != 0 {
                guard let bytes = readOnce(source.descriptor) else { continue }
                if bytes.isEmpty {
                    done.append(source.descriptor)
                } else {
                    chunks.append(.init(stream: source.stream, bytes: bytes))
                }
            }
            for descriptor in done { Glibc.close(descriptor) }
            open.removeAll { done.contains($0.descriptor) }
            if !chunks.isEmpty { return chunks }
        }
        return []
    }

    /// Empty at the end, which a terminal reports as an error once no process has it open; nil when nothing was there.
    private func readOnce(_ descriptor: Int32) -> [UInt8]? {
        var isEarly = false
        let bytes = [UInt8](unsafeUninitializedCapacity: Self.readSize) { buffer, initialized in
            var count = read(descriptor, buffer.baseAddress, buffer.count)
            while count < 0 && errno == EINTR { count = read(descriptor, buffer.baseAddress, buffer.count) }
            isEarly = count < 0 && errno == EAGAIN
            initialized = max(0, count)
        }
        return isEarly ? nil : bytes
    }
}
