import FileAccess
import Foundation
import RunServices

/// The blocks that a large file is sent in, and the list that says how they belong together.
enum BlobBlocks {
    /// More than Azure takes.
    private static let most = 50_000

    /// A file's name for a block's id. Throws `invalid` where there is none.
    static func name(_ id: String?) throws(RunServiceError) -> String {
        guard let id, !id.isEmpty, id.utf8.count <= 200 else {
            throw RunServiceError(.invalid, "The block has no usable blockid; send one of at most 64 bytes in base64.")
        }
        return PercentEncoding.encoded(id, keeping: "-_")
    }

    /// The names in a block list: an XML document whose elements' texts are ids. Throws `invalid` for what is none.
    static func list(_ bytes: [UInt8]) throws(RunServiceError) -> [String] {
        let text = String(decoding: bytes, as: UTF8.self)
        var names: [String] = []
        for kind in text.matches(of: /<(Latest|Uncommitted|Committed)>([^<]*)<\/(Latest|Uncommitted|Committed)>/) {
            names.append(try name(String(kind.output.2)))
            guard names.count <= most else {
                throw RunServiceError(.invalid, "A file has at most \(most) blocks; send larger ones.")
            }
        }
        return names
    }
}
