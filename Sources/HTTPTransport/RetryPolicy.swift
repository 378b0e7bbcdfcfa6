/// When to ask again by ourselves, within the deadline that the caller gave.
struct RetryPolicy {
    /// One hiccup is bridged; what lasts longer is the caller's to show.
    static let attempts = 3
    /// Milliseconds.
    private static let firstDelay: Int64 = 200

    /// Milliseconds to wait after attempt number `attempt` (from 1), or nil when that would miss the deadline.
    /// - Parameters:
    ///   - retryAfter: seconds that the server asks for.
    ///   - remaining: milliseconds until the deadline.
    static func delay(after attempt: Int, retryAfter: Int64?, remaining: Int64) -> Int64? {
        guard attempt < attempts else { return nil }
        let backoff = firstDelay << Int64(attempt - 1)
        // Half of it at random, so that many dashboards do not come back at the same moment.
        let jittered = backoff / 2 + Int64.random(in: 0...backoff / 2)
        // A server may ask for any number; the deadline is shorter than an hour.
        let delay = max(jittered, min(retryAfter ?? 0, 3_600) * 1_000)
        return delay < remaining ? delay : nil
    }

    static func isTransient(_ status: Int) -> Bool { [429, 502, 503, 504].contains(status) }
}
