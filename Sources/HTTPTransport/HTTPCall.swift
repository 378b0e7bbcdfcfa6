/// One request.
package struct HTTPCall: Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case delete = "DELETE"
    }

    package var method: Method
    /// Percent-encoded, below the service's address.
    package var path: String
    package var query: [(String, String)] = []
    package var body: [UInt8]?
    package var headers: [(String, String)] = []
    /// Milliseconds for everything, from the first connection to the last byte, further attempts included.
    package var deadline: Int64 = HTTPCall.interactiveDeadline
    /// Bytes; a longer body is refused instead of filling the memory.
    package var bodyLimit = HTTPCall.defaultBodyLimit
    /// Whether asking twice does the same as asking once.
    package var isRepeatable: Bool

    /// Milliseconds that a person waits for an answer to a key.
    package static let interactiveDeadline: Int64 = 5_000
    /// Milliseconds for a long list: a page of 1000 runs takes an MLflow server 2 s when nobody else asks.
    package static let listDeadline: Int64 = 30_000
    /// Bytes: sixteen times the largest page that is asked for.
    package static let defaultBodyLimit = 64 << 20

    package init(_ method: Method, _ path: String, isRepeatable: Bool? = nil) {
        self.method = method
        self.path = path
        self.isRepeatable = isRepeatable ?? (method == .get)
    }
}
