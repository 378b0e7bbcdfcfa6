package import HTTPTransport

/// One question to a service of a workspace.
package struct AzureMLCall: Sendable {
    /// A service, with the part of its paths that is the same for every workspace.
    package enum Area: Sendable {
        case history, metric, artifact

        var prefix: String {
            switch self {
            case .history: "/history/v1.0"
            case .metric: "/metric/v2.0"
            case .artifact: "/artifact/v2.0"
            }
        }

        /// Its name in discovery: run history's address is the gateway to these three.
        var endpoint: String { "history" }
    }

    /// Which service.
    package var area: Area
    /// What it wants.
    package var method: HTTPCall.Method
    /// Percent-encoded, behind the workspace's place.
    package var path: String
    /// Names and values behind the `?`, not percent-encoded yet.
    package var query: [(String, String)] = []
    /// JSON; nil for none.
    package var body: [UInt8]?
    /// Sent besides the usual ones.
    package var headers: [(String, String)] = []
    /// Milliseconds for everything.
    package var deadline: Int64 = HTTPCall.interactiveDeadline
    /// Bytes; a longer body is refused instead of filling the memory.
    package var bodyLimit = HTTPCall.defaultBodyLimit
    /// Whether asking twice does the same as asking once.
    package var isRepeatable: Bool

    /// - Parameter isRepeatable: by default true, since every call of this protocol names what it is about.
    package init(_ area: Area, _ method: HTTPCall.Method, _ path: String, isRepeatable: Bool = true) {
        self.area = area
        self.method = method
        self.path = path
        self.isRepeatable = isRepeatable
    }
}
