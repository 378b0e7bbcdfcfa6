import Foundation
import Glibc
import ProcessTable
import RunExecution
import RunModel
import RunServices
import TestSupport
import Testing

/// What is taken for a record of this user's own, and how long records are kept.
@Suite struct OwnershipRecordsTests {
    private let place: TemporaryDirectory
    private let records: OwnershipRecords

    init() throws {
        place = try TemporaryDirectory()
        records = OwnershipRecords(directory: place.path + "/runwatch/commands")
    }

    private var directory: String { place.path + "/runwatch/commands" }

    private func begin() throws -> OwnershipNote {
        try #require(
            records.begin(run: RunID("r"), service: "http://h:1/a b=c", supervisor: Stamps.stamp(of: getpid())))
    }

    private func mode(_ path: String) -> mode_t {
        var info = stat()
        return lstat(path, &info) == 0 ? info.st_mode & 0o7777 : 0
    }

    @Test func aRecordIsPrivateAndReadBack() throws {
        let note = try begin()
        let path = directory + "/" + note.record.nonce
        #expect(mode(directory) == 0o700)
        #expect(mode(path) == 0o600)
        #expect(records.all() == [note.record])
        let command = try Stamps.stamp(of: getppid())
        note.add(command: command)
        #expect(records.all().map(\.command) == [command])
        #expect(records.all().map(\.service) == ["http://h:1/a b=c"])
        // A field that was not written to its end does not count.
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("command=1 2".utf8))
        #expect(records.all().map(\.command) == [command])
        note.remove()
        #expect(records.all().isEmpty)
    }

    @Test(arguments: ["readable", "hard link", "link", "garbage", "copy", "open directory", "linked directory"])
    func whatAnotherMayHaveMadeProvesNothing(_ way: String) throws {
        let note = try begin()
        let path = directory + "/" + note.record.nonce
        #expect(records.all().count == 1)
        let files = FileManager.default
        switch way {
        case "readable": chmod(path, 0o640)
        case "hard link": link(path, place.path + "/other")
        case "link":
            try files.moveItem(atPath: path, toPath: place.path + "/other")
            symlink(place.path + "/other", path)
        case "garbage": try Data("runwatch-command=1\0run=r\0".utf8).write(to: URL(fileURLWithPath: path))
        case "copy":
            try files.moveItem(atPath: path, toPath: directory + "/another-name")
        case "open directory": chmod(directory, 0o750)
        default:
            try files.moveItem(atPath: directory, toPath: place.path + "/elsewhere")
            symlink(place.path + "/elsewhere", directory)
        }
        #expect(records.all().isEmpty)
        if way.hasSuffix("directory") {
            #expect(records.begin(run: RunID("r"), service: "s", supervisor: note.record.supervisor) == nil)
        }
    }

    @Test func onlyWhatIsOverIsCleanedAway() throws {
        let living = try begin()
        let process = try TestProcess()
        let over = try #require(records.begin(run: RunID("o"), service: "s", supervisor: process.stamp))
        let command = try TestProcess()
        let orphaned = try #require(records.begin(run: RunID("p"), service: "s", supervisor: process.stamp))
        orphaned.add(command: command.stamp)
        var earlier = process.stamp
        earlier.bootID = "00000000-0000-4000-8000-000000000000+pid:[1]"
        _ = try #require(records.begin(run: RunID("b"), service: "s", supervisor: earlier))
        records.clean()
        #expect(records.all().count == 3)
        process.kill()
        records.clean()
        #expect(Set(records.all().map(\.run)) == [living.record.run, orphaned.record.run])
        #expect(!records.all().contains { $0.nonce == over.record.nonce })
        command.kill()
        records.clean()
        #expect(records.all().map(\.run) == [living.record.run])
    }

    @Test func anEnvironmentIsComparedWhole() async throws {
        let process = try TestProcess("echo; exec sleep 1000", environment: ["RUNWATCH_COMMAND_ID=abcd"])
        // While a process becomes another program its environment cannot be read.
        _ = try await eventually("the environment is there") {
            ProcessTable.carries("RUNWATCH_COMMAND_ID=abcd", pid: process.stamp.pid) ? true : nil
        }
        for other in ["RUNWATCH_COMMAND_ID=abc", "COMMAND_ID=abcd", "RUNWATCH_COMMAND_ID=abcde", ""] {
            #expect(!ProcessTable.carries(other, pid: process.stamp.pid))
        }
        #expect(!ProcessTable.carries("RUNWATCH_COMMAND_ID=abcd", pid: 0))
    }
}
