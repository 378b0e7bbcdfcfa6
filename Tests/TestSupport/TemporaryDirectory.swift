import Foundation

/// A directory that is removed, with all in it, when the last reference goes.
package final class TemporaryDirectory: Sendable {
    /// Absolute, without a trailing slash.
    package let path: String

    package init() throws {
        var template = Array((NSTemporaryDirectory() + "/runwatch-test-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        path =
            URL(fileURLWithPath: String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
            .standardizedFileURL.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
