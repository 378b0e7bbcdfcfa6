/// What the server does with the body of a request before any endpoint sees it, for tests that feed it anything.
package enum RequestCheck {
    /// Whether the bytes are JSON; reads them, and shows them as errors would.
    @discardableResult
    package static func read(_ bytes: [UInt8]) -> Bool {
        guard let value = bytes.withUnsafeBufferPointer({ JSONValueReader.value(of: $0) }) else { return false }
        _ = value.pythonDump
        return true
    }
}
