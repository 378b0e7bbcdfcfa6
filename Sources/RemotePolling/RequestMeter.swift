/// How much was asked of a service.
package struct RequestMeter: Sendable, Equatable {
    /// Calls that were answered.
    package private(set) var requests = 0
    /// Of the answers' bodies.
    package private(set) var bytes = 0

    /// Nothing was asked yet.
    package init() {}

    /// Counts a call with so many bytes of answer.
    package mutating func add(_ count: Int) {
        requests += 1
        bytes += count
    }
}
