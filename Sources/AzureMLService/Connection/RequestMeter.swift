/// How much was asked of a workspace.
package struct RequestMeter: Sendable, Equatable {
    /// Calls that were answered.
    package private(set) var requests = 0
    /// Of the answers' bodies.
    package private(set) var bytes = 0

    mutating func add(_ count: Int) {
        requests += 1
        bytes += count
    }
}
