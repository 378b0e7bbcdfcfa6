import Glibc
import Synchronization

/// Asks the driver on a thread of its own, so that one that hangs delays nobody.
final class GPUWatch: Sendable {
    private struct State {
        var asked = 0
        var answered = 0
        var readings: [GPUReading] = []
        /// The thread has ended, or this is closed: whichever comes second closes the end that is read.
        var isOver = false
        var isClosed = false
    }

    /// Milliseconds that a sample waits for the driver, and between looks whether it has answered.
    private static let patience: Int64 = 400
    private static let interval: Int64 = 20

    private let state = Mutex(State())
    private let requests: PipeEnds

    /// Nil when this process has no descriptor or thread left.
    init?(names: [String]) {
        guard let requests = PipeEnds() else { return nil }
        self.requests = requests
        let isStarted = DedicatedThread.start { [self] in serve(names) }
        guard isStarted else {
            requests.close()
            return nil
        }
    }

    /// The GPUs as they are now; empty where there are none, or the driver does not answer in time.
    func read() async -> [GPUReading] {
        let (number, isOver) = state.withLock { state in
            state.asked += 1
            return (state.asked, state.isOver)
        }
        if isOver { return [] }
        var byte: UInt8 = 1
        guard write(requests.writing, &byte, 1) == 1 else { return [] }
        let deadline = MonotonicClock.now() + Self.patience
        while MonotonicClock.now() < deadline {
            let answer = state.withLock { $0.isOver ? [] : $0.answered >= number ? $0.readings : nil }
            if let answer { return answer }
            guard (try? await Task.sleep(for: .milliseconds(Self.interval))) != nil else { return [] }
        }
        return []
    }

    /// Ends the thread. Nothing may be asked afterwards.
    func close() {
        Glibc.close(requests.writing)
        let isOver = state.withLock { state in
            state.isClosed = true
            return state.isOver
        }
        if isOver { Glibc.close(requests.reading) }
    }

    private func serve(_ names: [String]) {
        defer {
            let isClosed = state.withLock { state in
                state.isOver = true
                return state.isClosed
            }
            if isClosed { Glibc.close(requests.reading) }
        }
        guard let library = NVML(names: names) else { return }
        var bytes = [UInt8](repeating: 0, count: 64)
        while true {
            let count = Glibc.read(requests.reading, &bytes, bytes.count)
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { return }
            let number = state.withLock { $0.asked }
            let readings = library.read()
            state.withLock { state in
                state.answered = number
                state.readings = readings
            }
        }
    }
}
