/// A moment in UTC, in whole milliseconds since 1970, as every run service counts time.
///
/// Services, files and databases may hold any number. It is bounded here, once, so that no later sum, calendar or
/// conversion of a moment can overflow.
package struct Timestamp: Hashable, Comparable, Sendable {
    /// Within `earliest` and `latest`; what is set beyond them becomes the nearer of the two.
    package var milliseconds: Int64 {
        didSet { milliseconds = Self.bounded(milliseconds) }
    }

    /// 100 million days before and after 1970, the range of ECMAScript's `Date` (years -271821 and 275760): every
    /// calendar of the C library holds it, and microseconds taken for milliseconds are still told apart.
    private static let bound: Int64 = 8_640_000_000_000_000

    /// 100 million days before 1970.
    package static let earliest = Timestamp(milliseconds: -bound)
    /// 100 million days after 1970.
    package static let latest = Timestamp(milliseconds: bound)

    /// Milliseconds since 1970; a number beyond `earliest` or `latest` becomes the nearer of the two.
    package init(milliseconds: Int64) { self.milliseconds = Self.bounded(milliseconds) }

    /// The moment of a file or a clock of the C library; bounded like all others.
    package init(seconds: Int64, nanoseconds: Int64) {
        // Beyond these a product with 1000 could overflow; the bound is far closer.
        let seconds = min(max(seconds, -Self.bound / 1_000), Self.bound / 1_000)
        self.init(milliseconds: seconds * 1_000 + min(max(nanoseconds, 0), 999_999_999) / 1_000_000)
    }

    private static func bounded(_ milliseconds: Int64) -> Int64 { min(max(milliseconds, -bound), bound) }

    /// By time.
    package static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    /// Milliseconds from `earlier` to this moment; negative when a clock was set back in between.
    package func milliseconds(since earlier: Timestamp) -> Int64 { milliseconds - earlier.milliseconds }

    /// The moment `amount` milliseconds later, at most `latest`.
    package func advanced(byMilliseconds amount: Int64) -> Timestamp {
        let (sum, overflow) = milliseconds.addingReportingOverflow(amount)
        return Timestamp(milliseconds: overflow ? (amount < 0 ? .min : .max) : sum)
    }
}
