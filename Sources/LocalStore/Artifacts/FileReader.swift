import FileAccess
import Glibc
import RunModel
import RunServices

/// A file that is read as it was when it was opened, even when another takes its place.
final class FileReader: ArtifactReader {
    private let handle: Int32
    private let stamp: FileStamp
    private let name: String

    /// Takes over a descriptor.
    init(handle: Int32, stamp: FileStamp, name: String) {
        self.handle = handle
        self.stamp = stamp
        self.name = name
    }

    deinit { close(handle) }

    var size: Int64 { stamp.size }

    var modifiedAt: Timestamp { Timestamp(milliseconds: stamp.milliseconds) }

    func read(from offset: Int64, length: Int) async throws(RunServiceError) -> [UInt8] {
        let wanted = Int(max(0, min(Int64(max(0, length)), size - max(0, offset))))
        if wanted == 0 { return [] }
        return try await BlockingCall.run { [self] () throws(RunServiceError) in
            guard let bytes = FileAccess.read(handle, from: max(0, offset), length: wanted) else {
                throw ArtifactFiles.error(errno, "read", [name])
            }
            return bytes
        }
    }
}
