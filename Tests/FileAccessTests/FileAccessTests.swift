import FileAccess
import Foundation
import Glibc
import TestSupport
import Testing

/// The system's calls: what is found, what is refused, what is left behind.
@Suite struct FileAccessTests {
    @Test func `a stamp tells each write, also one that sets the time back`() throws {
        let place = try TemporaryDirectory()
        let file = place.path + "/a"
        try "one".write(toFile: file, atomically: false, encoding: .utf8)
        // As a server of files with a clock ahead has it: a busy machine may take longer than a time takes to settle.
        try FileManager.default.setAttributes([.modificationDate: Date.now + 30], ofItemAtPath: file)
        let first = try #require(FileStamp(file))
        #expect(first.isFile && first.size == 3 && !first.isSettled && first.trusted == nil)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_750_000_000)], ofItemAtPath: file)
        let old = try #require(FileStamp(file))
        #expect(old.milliseconds == 1_750_000_000_000 && old.isSettled && old.trusted == old)
        #expect(old != first && old.continues(first))
        #expect(FileStamp(place.path + "/none") == nil && errno == ENOENT)
    }

    /// Seconds since 1970 that a file may claim: the years 1901, 2400 and 2446, the last that ext4 knows.
    @Test(arguments: [-2_147_483_648, 13_569_465_600, 15_032_385_535])
    func `any year`(_ seconds: Int) throws {
        let place = try TemporaryDirectory()
        let file = place.path + "/a"
        try "".write(toFile: file, atomically: false, encoding: .utf8)
        var times = [timespec(tv_sec: seconds, tv_nsec: 0), timespec(tv_sec: seconds, tv_nsec: 0)]
        #expect(utimensat(AT_FDCWD, file, &times, 0) == 0)
        let stamp = try #require(FileStamp(file))
        #expect(stamp.isSettled)
        // File systems that know fewer years keep the nearest.
        var found = stat()
        lstat(file, &found)
        #expect(stamp.milliseconds == Int64(found.st_mtim.tv_sec) * 1_000)
    }

    /// Whole seconds are how some file systems count: a second write in the same one leaves the same time behind.
    @Test func `a time in whole seconds settles later`() throws {
        let place = try TemporaryDirectory()
        let file = place.path + "/a"
        try "".write(toFile: file, atomically: false, encoding: .utf8)
        func stamp(age: Int, nanoseconds: Int) throws -> FileStamp {
            var now = timespec()
            clock_gettime(CLOCK_REALTIME, &now)
            var times = [timespec(tv_sec: now.tv_sec - age, tv_nsec: nanoseconds)]
            times.append(times[0])
            #expect(utimensat(AT_FDCWD, file, &times, 0) == 0)
            return try #require(FileStamp(file))
        }
        #expect(try !stamp(age: 0, nanoseconds: 0).isSettled)
        #expect(try !stamp(age: 1, nanoseconds: 0).isSettled)
        #expect(try stamp(age: 4, nanoseconds: 0).isSettled)
        #expect(try stamp(age: 2, nanoseconds: 1).isSettled)
        // A file server whose clock is ahead of ours by some seconds, and a time that was set by hand.
        #expect(try !stamp(age: -5, nanoseconds: 1).isSettled)
        #expect(try stamp(age: -86_400, nanoseconds: 1).isSettled)
    }

    @Test func `links are followed at the beginning only`() throws {
        let place = try TemporaryDirectory()
        let files = FileManager.default
        try files.createDirectory(atPath: place.path + "/store/inner", withIntermediateDirectories: true)
        try files.createDirectory(atPath: place.path + "/outside", withIntermediateDirectories: true)
        try "secret".write(toFile: place.path + "/outside/a", atomically: false, encoding: .utf8)
        try files.createSymbolicLink(atPath: place.path + "/link", withDestinationPath: place.path + "/store")
        try files.createSymbolicLink(atPath: place.path + "/store/out", withDestinationPath: place.path + "/outside")
        let written = FileAccess.open(
            ["new", "deep", "a"], below: place.path + "/link", O_WRONLY | O_CREAT, makingFolders: true)
        #expect(written >= 0 && FileAccess.write(Array("text".utf8), to: written))
        close(written)
        #expect(FileAccess.contents(place.path + "/store/new/deep/a", limit: 100) == Array("text".utf8))
        #expect(FileAccess.contents(place.path + "/store/new/deep/a", from: 2, limit: 1) == Array("x".utf8))
        #expect(FileAccess.contents(place.path + "/store/new/deep/a", from: 9, limit: 1) == [])
        for parts in [
            ["out", "a"], ["out"], ["inner", "..", "..", "outside", "a"], ["inner/../../outside", "a"], [""],
        ] {
            #expect(FileAccess.open(parts, below: place.path + "/store", O_RDONLY) == -1, "\(parts)")
            #expect([ELOOP, ENOTDIR, EINVAL].contains(errno), "\(parts)")
        }
        guard case .success(let entries) = FileAccess.entries(in: place.path + "/store") else {
            Issue.record("The directory cannot be listed.")
            return
        }
        #expect(entries.first { $0.name == "out" }?.kind == .link)
        #expect(entries.first { $0.name == "inner" }?.kind == .directory)
        guard case .failure(let code) = FileAccess.entries(in: place.path + "/link", followingLinks: false) else {
            Issue.record("The link was followed.")
            return
        }
        #expect(code == ENOTDIR || code == ELOOP)
    }

    @Test(arguments: [
        ("/a b/ü.txt", "/a%20b/%C3%BC.txt"), ("/a~b?c#d%", "/a%7Eb%3Fc%23d%25"), ("", ""),
    ])
    func `percent-encoding and back`(_ plain: String, _ encoded: String) {
        #expect(PercentEncoding.encoded(plain, keeping: PercentEncoding.path) == encoded)
        #expect(PercentEncoding.decoded(encoded) == plain)
    }

    @Test func `what is not encoded stays`() {
        #expect(PercentEncoding.decoded("100%, %zz, %4, %+f, %41") == "100%, %zz, %4, %+f, A")
    }
}
