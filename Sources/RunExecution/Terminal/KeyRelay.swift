import CProcess
import Glibc
import Synchronization

/// Passes what is typed on the outer terminal to the command's own.
///
/// The outer terminal is borrowed only while this process is in its foreground, which a shell may change at any time
/// without a word.
final class KeyRelay: Sendable {
    private enum Phase {
        case ready, relaying, suspended, ended
    }

    /// Milliseconds between looks whether this process is in the foreground again.
    private static let backgroundInterval: Int32 = 200

    private let target: Int32
    private let wake: PipeEnds?
    private let phase = Mutex(Phase.ready)

    /// `target`: the master of the command's terminal.
    init(to target: Int32) {
        self.target = target
        wake = PipeEnds()
    }

    func begin() {
        guard let wake else { return }
        phase.withLock { $0 = .relaying }
        _ = borrow()
        DedicatedThread.start { [self] in
            relay(wake)
            // Nobody pokes after this, so the pipe can go.
            phase.withLock { $0 = .ended }
            wake.close()
        }
    }

    func suspend() { leave(.suspended) }

    func resume() {
        phase.withLock { phase in
            guard phase == .suspended else { return }
            phase = .relaying
            poke()
        }
    }

    /// The outer terminal is given back, and nothing is read from it any more.
    func end() { leave(.ended) }

    private func leave(_ next: Phase) {
        phase.withLock { phase in
            guard phase == .relaying || phase == .suspended else { return }
            phase = next
            cprocess_return_terminal()
            poke()
        }
    }

    /// Only in a phase before `ended`, or as it begins.
    private func poke() {
        guard let wake else { return }
        var byte: UInt8 = 0
        _ = write(wake.writing, &byte, 1)
    }

    /// False while the outer terminal is not ours to read.
    private func borrow() -> Bool {
        phase.withLock { $0 == .relaying && tcgetpgrp(STDIN_FILENO) == getpgrp() && cprocess_borrow_terminal() }
    }

    private func relay(_ wake: PipeEnds) {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while phase.withLock({ $0 != .ended }) {
            let isOurs = borrow()
            var polls = [pollfd(fd: wake.reading, events: Int16(POLLIN), revents: 0)]
            if isOurs { polls.append(pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)) }
            _ = poll(&polls, nfds_t(polls.count), isOurs ? -1 : Self.backgroundInterval)
            if polls[0].revents != 0 {
                _ = read(wake.reading, &buffer, buffer.count)
                continue
            }
            guard isOurs, polls[1].revents != 0, phase.withLock({ $0 == .relaying }) else { continue }
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            if count > 0 {
                pass(buffer.prefix(count), wake)
            } else if count == 0 || tcgetpgrp(STDIN_FILENO) == getpgrp() && errno != EINTR && errno != EAGAIN {
                // The outer terminal is gone.
                return
            }
        }
    }

    private func pass(_ bytes: ArraySlice<UInt8>, _ wake: PipeEnds) {
        var rest = bytes
        while !rest.isEmpty, phase.withLock({ $0 != .ended }) {
            let count = rest.withUnsafeBytes { write(target, $0.baseAddress, $0.count) }
            if count > 0 {
                rest.removeFirst(count)
            } else if count < 0 && errno == EAGAIN {
                var polls = [
                    pollfd(fd: target, events: Int16(POLLOUT), revents: 0),
                    pollfd(fd: wake.reading, events: Int16(POLLIN), revents: 0),
                ]
                _ = poll(&polls, 2, -1)
                if polls[1].revents != 0 { return }
            } else if errno != EINTR {
                return
            }
        }
    }
}
