import Foundation
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

/// What permissions forbid; in processes of their own, which give up the right of root to ignore them.
@Suite struct UnprivilegedTests {
    /// `nobody` on every Linux.
    private static let nobody: uid_t = 65_534

    private static func giveUpRoot() {
        if geteuid() == 0 {
            precondition(setgroups(0, nil) == 0 && setgid(nobody) == 0 && setuid(nobody) == 0)
        }
    }

    /// A store at rest with one run, whose directory and files get these modes and the owner `nobody`.
    private func makeStore(directory mode: mode_t, database: mode_t) async throws -> TemporaryDirectory {
        let directory = try TemporaryDirectory()
        try await SyntheticStore.fill(directory: directory.path, runs: 1)
        for (path, mode) in [(directory.path + "/runs.db", database), (directory.path, mode)] {
            try #require(chmod(path, mode) == 0)
            if geteuid() == 0 { try #require(chown(path, Self.nobody, Self.nobody) == 0) }
        }
        return directory
    }

    @Test(arguments: [mode_t(0o500), 0o700])
    func aStoreThatCannotBeWrittenIsReadAndSaysSo(_ mode: mode_t) async throws {
        let directory = try await makeStore(directory: mode, database: 0o400)
        await #expect(processExitsWith: .success) { [path = directory.path as String] in
            UnprivilegedTests.giveUpRoot()
            let store = try await LocalStore.open(at: path)
            let run = try #require(try await store.changes(in: .all, since: nil, pageSize: 10).runs.first)
            let reason = try #require(store.capabilities.changeStatus.reason)
            #expect(reason.contains(path))
            let error = await refusal { try await store.cancel(run.id, includingDescendants: false) }
            #expect(error == RunServiceError(.unsupported, reason))
        }
        chmod(directory.path, 0o700)
    }

    @Test func aReaderInALockedDirectorySeesWhatIsWrittenLater() async throws {
        let directory = try await makeStore(directory: 0o500, database: 0o600)
        await #expect(processExitsWith: .success) { [path = directory.path as String] in
            UnprivilegedTests.giveUpRoot()
            let reader = try await LocalStore.open(at: path)
            #expect(reader.capabilities.changeStatus != .available)
            var replica = ChangeReplica()
            try await replica.catchUp(with: reader)
            chmod(path, 0o700)
            let writer = try await LocalStore.open(at: path)
            let run = try await writer.createRun(RunDraft(experimentName: "later"))
            try await replica.catchUp(with: reader)
            #expect(replica.runs[run.id] == run)
        }
    }

    @Test func aStoreThatCannotBeReadIsForbidden() async throws {
        let directory = try await makeStore(directory: 0o700, database: 0)
        await #expect(processExitsWith: .success) { [path = directory.path as String] in
            UnprivilegedTests.giveUpRoot()
            for access in [LocalStore.Access.readWrite, .readOnly] {
                let error = await refusal { try await LocalStore.open(at: path, access: access) }
                #expect(error?.code == .forbidden)
                #expect(error?.message.contains(path) == true)
            }
        }
    }

    @Test func aDirectoryThatCannotBeCreatedIsForbidden() async throws {
        let directory = try await makeStore(directory: 0o500, database: 0o400)
        await #expect(processExitsWith: .success) { [path = directory.path as String] in
            UnprivilegedTests.giveUpRoot()
            let error = await refusal { try await LocalStore.open(at: path + "/a/b") }
            #expect(error?.code == .forbidden)
            #expect(error?.message.contains(path + "/a/b") == true)
        }
        chmod(directory.path, 0o700)
    }
}
