package import RunModel
import Synchronization

/// A clock that stands still until a test moves it.
package final class TestClock: Sendable {
    private let milliseconds: Mutex<Int64>

    package init(_ start: Int64 = 1_750_000_000_000) { milliseconds = Mutex(start) }

    package var now: Timestamp { milliseconds.withLock { Timestamp(milliseconds: $0) } }

    /// Milliseconds; negative sets the clock back.
    package func advance(by amount: Int64) { milliseconds.withLock { $0 += amount } }
}
