/// What came back: any status but a redirect.
package struct HTTPAnswer: Sendable {
    /// Of HTTP: 200 to 299 for success, 400 and above for errors.
    package var status: Int
    /// Lower case, without parameters.
    package var contentType: String
    /// All of it; empty where there is none.
    package var body: [UInt8]
    /// Seconds that the server wants to be left alone.
    package var retryAfter: Int64?
    /// When the server sent it by its own clock, in seconds since 1970.
    package var date: Int64?
    /// Of the first byte in the body, where the server sent a part of something larger (status 206).
    package var rangeStart: Int64?
    /// Bytes of the whole that a part was asked of, where the server tells (statuses 206 and 416).
    package var wholeSize: Int64?

    /// Whether the server did what it was asked for.
    package var isSuccess: Bool { (200..<300).contains(status) }

    /// A web page where data was asked for.
    package var isWebPage: Bool {
        if contentType == "text/html" || contentType == "application/xhtml+xml" { return true }
        guard contentType != "application/json" else { return false }
        let start = String(decoding: body.prefix(200), as: UTF8.self).lowercased()
        return start.contains("<!doctype html") || start.contains("<html")
    }
}
