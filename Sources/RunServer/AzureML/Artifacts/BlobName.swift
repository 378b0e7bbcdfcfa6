import Foundation

/// Names of containers and paths of files within addresses of blobs.
///
/// Azure's storage client encodes what it finds in an address once more, encoded or not. So a name that needs encoding is
/// written in base64url behind a `~`, and then needs none.
enum BlobName {
    static func encoded(_ name: String) -> String {
        if name.utf8.allSatisfy(isPlain), !name.hasPrefix("/"), !name.contains("//") { return name }
        return "~"
            + Data(name.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    /// The name itself where it is no encoded one.
    static func decoded(_ text: String) -> String {
        guard text.hasPrefix("~") else { return text }
        let plain = text.dropFirst().replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        return Data(base64Encoded: plain + padding).flatMap { String(data: $0, encoding: .utf8) } ?? text
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "/"): true
        default: false
        }
    }
}
