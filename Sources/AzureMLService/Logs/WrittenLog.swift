import RunModel

/// Which log of which run.
struct LogKey: Hashable, Sendable {
    var run: RunID
    var name: String
}

/// A log that this program writes, and what of it waits to be sent.
struct WrittenLog: Sendable {
    /// The run's data container.
    var container: String
    /// The file in it.
    var path: String
    /// Bytes that are sent; nil where only the workspace knows, as before the first of them and after a request that may
    /// or may not have been carried out.
    var sent: Int64?
    /// Bytes that were sent for sure, of which a request in doubt may have added some.
    var base: Int64?
    var waiting: [UInt8] = []
    var lastSent: Timestamp?
    var pieces = 0

    /// Bytes that wait at most before they are sent at once.
    static let waitingLimit = 1 << 20

    /// Whether it is time to send: each second at first, and less often later, for a file takes 50,000 pieces.
    func isDue(at now: Timestamp) -> Bool {
        let pause: Int64 = pieces < 3_000 ? 1_000 : pieces < 12_000 ? 5_000 : 30_000
        return lastSent.map { !(0..<pause).contains(now.milliseconds(since: $0)) } ?? true
    }
}
