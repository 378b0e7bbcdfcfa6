import FileAccess
import Foundation
import TestSupport
import Testing

/// One holder at a time, whatever the lock is made of.
@Suite struct DirectoryLockTests {
    @Test(arguments: [false, true])
    func `a second holder waits for the first`(_ usingFile: Bool) throws {
        let place = try TemporaryDirectory()
        let first = try DirectoryLock(place.path, patience: 0, usingFile: usingFile)
        #expect(first.isExclusive)
        #expect(throws: DirectoryLock.Failure.busy) {
            try DirectoryLock(place.path, patience: 20, usingFile: usingFile)
        }
        first.release()
        let second = try DirectoryLock(place.path, patience: 0, usingFile: usingFile)
        #expect(second.isExclusive)
        second.release()
        let names = try FileManager.default.contentsOfDirectory(atPath: place.path)
        #expect(names == (usingFile ? [DirectoryLock.fileName] : []))
    }

    /// The lock of a process that was killed is free at once; `flock` of util-linux takes the same one.
    @Test func `it is the lock of other processes too, and ends with them`() async throws {
        let place = try TemporaryDirectory()
        let holder = try TestProcess("exec flock \(place.path) -c 'echo > \(place.path)/held; exec sleep 1000'")
        #expect(try await eventually { FileManager.default.fileExists(atPath: place.path + "/held") })
        #expect(throws: DirectoryLock.Failure.busy) { try DirectoryLock(place.path, patience: 10) }
        holder.kill()
        try DirectoryLock(place.path, patience: 60_000).release()
    }
}
