import Foundation
import HTTPTypes
import RunModel
import RunServices

/// Headers by which Azure's storage client knows a blob.
enum BlobHeaders {
    static func headers(of reader: any ArtifactReader) -> HTTPFields {
        [
            .lastModified: date(reader.modifiedAt),
            .eTag: tag(size: reader.size, at: reader.modifiedAt),
            Self.blobType: "BlockBlob",
        ]
    }

    /// Of an answer to something that was written.
    static func written(at now: Timestamp) -> HTTPFields {
        [.lastModified: date(now), .eTag: tag(size: 0, at: now), Self.isEncrypted: "false"]
    }

    /// What kind of blob a request makes.
    static let blobType = HTTPField.Name("x-ms-blob-type")!
    /// Where the bytes of an append belong.
    static let appendPosition = HTTPField.Name("x-ms-blob-condition-appendpos")!
    /// Where the bytes of an append begin.
    static let appendOffset = HTTPField.Name("x-ms-blob-append-offset")!
    private static let isEncrypted = HTTPField.Name("x-ms-request-server-encrypted")!

    private static func tag(size: Int64, at moment: Timestamp) -> String {
        "\"\(String(moment.milliseconds, radix: 16))-\(String(size, radix: 16))\""
    }

    /// As RFC 9110, 5.6.7 has it.
    private static func date(_ moment: Timestamp) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "GMT")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.string(from: Date(timeIntervalSince1970: Double(moment.milliseconds) / 1_000))
    }
}
