import Foundation
import RunExecution
import RunServices
import TestSupport
import Testing

/// Against repositories that git itself made.
@Suite struct GitCheckoutTests {
    private let place: TemporaryDirectory

    init() throws { place = try TemporaryDirectory() }

    /// What git prints.
    @discardableResult
    private func git(_ arguments: String..., in directory: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git", "-C", directory] + arguments
        process.environment = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": place.path,
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org",
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "git \(arguments)")
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    /// A repository with one commit on the branch `topic/x`; its path.
    private func repository() throws -> String {
        let path = place.path + "/project"
        try FileManager.default.createDirectory(atPath: path + "/src/deep", withIntermediateDirectories: true)
        try git("init", "-q", "-b", "topic/x", ".", in: path)
        try git("commit", "-q", "--allow-empty", "-m", "first", in: path)
        return path
    }

    private func revision(of path: String) -> SourceRevision? { GitCheckout(containing: path)?.revision }

    @Test func findsCommitAndBranchFromAnywhereBelow() throws {
        let path = try repository()
        let commit = try git("rev-parse", "HEAD", in: path)
        let expected = SourceRevision(commit: commit, branch: "topic/x")
        #expect(revision(of: path) == expected)
        #expect(revision(of: path + "/src/deep") == expected)
        #expect(revision(of: place.path) == nil)
        #expect(revision(of: "/") == nil)
    }

    @Test func readsPackedBranchesAndDetachedHeads() throws {
        let path = try repository()
        try git("tag", "-a", "v1", "-m", "annotated", in: path)
        try git("pack-refs", "--all", in: path)
        let commit = try git("rev-parse", "HEAD", in: path)
        #expect(!FileManager.default.fileExists(atPath: path + "/.git/refs/heads/topic/x"))
        #expect(revision(of: path) == SourceRevision(commit: commit, branch: "topic/x"))
        try git("checkout", "-q", "--detach", in: path)
        #expect(revision(of: path) == SourceRevision(commit: commit))
    }

    @Test func knowsLinkedWorkTreesAndSubmodules() throws {
        let path = try repository()
        let linked = place.path + "/linked"
        try git("worktree", "add", "-q", "-b", "other", linked, in: path)
        try git("commit", "-q", "--allow-empty", "-m", "second", in: linked)
        #expect(revision(of: linked)?.commit == (try git("rev-parse", "HEAD", in: linked)))
        #expect(revision(of: linked)?.branch == "other")
        #expect(revision(of: linked)?.commit != revision(of: path)?.commit)
        try git("pack-refs", "--all", in: path)
        #expect(revision(of: linked)?.branch == "other")
        let outer = place.path + "/outer"
        try FileManager.default.createDirectory(atPath: outer, withIntermediateDirectories: true)
        try git("init", "-q", ".", in: outer)
        try git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", path, "inner", in: outer)
        #expect(revision(of: outer + "/inner")?.commit == (try git("rev-parse", "HEAD", in: path)))
    }

    @Test func tellsTheFirstRemoteWithoutItsCredentials() throws {
        let path = try repository()
        try git("config", "user.url", "https://not.a.remote", in: path)
        try git("remote", "add", "origin", "https://user:token@git.example.org/team/project.git", in: path)
        try git("remote", "add", "backup", "git@example.org:backup.git", in: path)
        #expect(revision(of: path)?.repository == "https://git.example.org/team/project.git")
        try git("remote", "remove", "origin", in: path)
        #expect(revision(of: path)?.repository == "git@example.org:backup.git")
    }

    @Test func aRepositoryWithoutCommitsOrWithBrokenFilesTellsNothing() throws {
        let path = place.path + "/empty"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try git("init", "-q", ".", in: path)
        #expect(revision(of: path) == nil)
        for head in ["", "ref: ", "ref: ../../../etc/passwd", "ref: /etc/passwd", "\u{0}", "ref: HEAD"] {
            try Data(head.utf8).write(to: URL(fileURLWithPath: path + "/.git/HEAD"))
            #expect(revision(of: path) == nil)
        }
    }
}
