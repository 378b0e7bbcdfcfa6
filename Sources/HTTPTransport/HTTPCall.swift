/// One request.
package struct HTTPCall: Sendable {
    /// What a request wants; the raw value is HTTP's word for it.
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// What it wants.
    package var method: Method
    /// Percent-encoded, below the service's address.
    package var path: String
    /// Names and values behind the `?`, not percent-encoded yet.
    package var query: [(String, String)] = []
    /// JSON unless a header says otherwise; nil for none.
    package var body: [UInt8]?
    /// Sent besides the transport's own, which they replace where the names are the same.
    package var headers: [(String, String)] = []
    /// Milliseconds for everything, from the first connection to the last byte, further attempts included.
    package var deadline: Int64 = HTTPCall.interactiveDeadline
    /// Bytes; a longer body is refused instead of filling the memory.
    package var bodyLimit = HTTPCall.defaultBodyLimit
    /// Whether asking twice does the same as asking once.
    package var isRepeatable: Bool

    /// Milliseconds that a person waits for an answer to a key.
    package static let interactiveDeadline: Int64 = 5_000
    /// Milliseconds for a long list: a page of 1000 runs takes an idle MLflow server 2 s.
    package static let listDeadline: Int64 = 30_000
    /// Bytes: sixteen times the largest page that is asked for.
    package static let defaultBodyLimit = 64 << 20

    /// - Parameter path: percent-encoded, below the service's address.
    /// - Parameter isRepeatable: by default true for GET alone.
    package init(_ method: Method, _ path: String, isRepeatable: Bool? = nil) {
        self.method = method
        self.path = path
        self.isRepeatable = isRepeatable ?? (method == .get)
    }
}
