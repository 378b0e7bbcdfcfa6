package import RunModel

/// A process that serves this store to others.
package struct ServingProcess: Sendable, Equatable {
    /// The name of the host that it runs on.
    package var host: String
    /// The process.
    package var process: ProcessStamp
    /// Where it listens, as an address that a client on that host may use; holds no secret.
    package var address: String
    /// When it began to listen.
    package var startedAt: Timestamp

    /// A process that listens at an address.
    package init(host: String, process: ProcessStamp, address: String, startedAt: Timestamp) {
        self.host = host
        self.process = process
        self.address = address
        self.startedAt = startedAt
    }
}
