import Glibc
import Synchronization

/// A file descriptor that is closed with its owner unless it was handed on.
final class OwnedDescriptor: Sendable {
    private let number: Mutex<Int32>

    init(_ number: Int32) { self.number = Mutex(number) }

    deinit {
        let left = number.withLock { $0 }
        if left >= 0 { close(left) }
    }

    /// Hands it on, once; -1 afterwards. The taker closes it.
    func take() -> Int32 {
        number.withLock { number in
            defer { number = -1 }
            return number
        }
    }

    /// Lends it; -1 once it was handed on.
    func withNumber<Result: Sendable>(_ body: (Int32) -> Result) -> Result { number.withLock { body($0) } }
}
