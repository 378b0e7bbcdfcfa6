import FileAccess
import Foundation
import MLflowService
import MLflowStores
import RunModel
import RunServices
import TestSupport
import Testing

/// Several writers on one `mlruns`: nothing that one of them wrote is lost, and what fails leaves nothing.
@Suite struct FileSharingTests {
    private func another(_ stage: FileStage) throws -> MLflowFileStore {
        try MLflowFileStore(at: stage.root) { stage.clock.now }
    }

    /// Each rewrites `meta.yaml` as a whole, so without a lock between them one brings the other's old text back.
    @Test func `a rename beside an end keeps both`() async throws {
        let stage = try await FileStage()
        let services = try [stage.service, another(stage), another(stage)]
        let runs = try await stage.service.createRuns(
            (0..<15).map { RunDraft(experimentName: "shared", name: "\($0)") })
        try await withThrowingTaskGroup(of: Void.self) { group in
            for run in runs {
                group.addTask { try await services[0].rename(run.id, to: "renamed \(run.name)") }
                group.addTask { try await services[1].apply(.complete, to: run.id, onBehalfOf: .lifecycle) }
                group.addTask { try await services[2].editTags([.set(key: "a", value: run.name)], of: run.id) }
            }
            try await group.waitForAll()
        }
        for run in runs {
            let after = try await stage.service.details(of: run.id).run
            #expect((after.name, after.status) == ("renamed \(run.name)", .completed))
            #expect(after.tags.value(forKey: "a") == run.name)
        }
        #expect(!stage.names().contains { $0.contains(".runwatch") })
    }

    /// A training script that ends while a person renames its run: in place, without any lock, as MLflow writes.
    @Test func `no rename brings RUNNING back`() async throws {
        let stage = try await FileStage()
        let run = try #require(try await stage.run(named: "numbers"))
        let file = stage.folder(of: run) + "/meta.yaml"
        let original = try String(contentsOfFile: file, encoding: .utf8)
        for round in 0..<10 {
            try stage.write(original, to: file)
            let script = try TestProcess(
                "sleep 0.0\(round); text=$(sed 's/^status: 1/status: 3/' '\(file)'); printf '%s\\n' \"$text\" > '\(file)'"
            )
            var number = 0
            repeat {
                number += 1
                try await stage.service.rename(run.id, to: "name \(number)")
            } while !script.hasEnded
            // The script may have brought an older name back, but no rename an older status.
            let after = try await stage.service.rename(run.id, to: "last")
            #expect((after.name, after.status) == ("last", .completed), "round \(round)")
        }
    }

    @Test func `a writer that keeps the lock is waited for, and then named`() async throws {
        let stage = try await FileStage()
        let run = try #require(try await stage.run(named: "keys"))
        let lock = try DirectoryLock(stage.root, patience: 0)
        let renaming = Task { await refusal { try await stage.service.rename(run.id, to: "other") } }
        // Reading asks for no lock, and waits for nobody who does.
        var replica = ChangeReplica()
        try await replica.catchUp(with: stage.service)
        #expect(try await stage.service.details(of: run.id).run == run)
        let error = await renaming.value
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains("locked by another runwatch") == true)
        lock.release()
        #expect(try await stage.service.rename(run.id, to: "other").name == "other")
    }

    @Test func `an edit of several files that fails in the middle leaves none of them changed`() async throws {
        let stage = try await FileStage()
        let run = try #require(try await stage.run(named: "keys"))
        let folder = stage.folder(of: run)
        try stage.write("old", to: folder + "/tags/a")
        try stage.write("1 1 0\n", to: folder + "/metrics/a")
        let before = try contents(folder)
        // `team` is a directory, `empty` a file.
        let tags: [TagEdit] = [
            .set(key: "a", value: "new"), .set(key: "b/c", value: "new"), .delete(key: "empty"),
            .set(key: "team", value: "x"),
        ]
        #expect(await refusal { try await stage.service.editTags(tags, of: run.id) }?.code == .conflict)
        let points = ["a", "b", "val/acc/below"].map { MetricEntry(key: $0, value: .number(1)) }
        #expect(await refusal { try await stage.service.logMetrics(points, to: run.id) }?.code == .conflict)
        let params = Params([("a", "1"), ("b/c", "1"), ("model", "x")])
        #expect(await refusal { try await stage.service.logParams(params, to: run.id) }?.code == .conflict)
        let failure = RunFailure(code: "E1", message: "blocked")
        try FileManager.default.createDirectory(
            atPath: folder + "/tags/runwatch.failure.message", withIntermediateDirectories: true)
        let failed = await refusal { try await stage.service.apply(.fail(failure), to: run.id, onBehalfOf: .person) }
        #expect(failed?.code == .conflict)
        try FileManager.default.removeItem(atPath: folder + "/tags/runwatch.failure.message")
        #expect(try contents(folder) == before)
    }

    @Test func `a cancel of a tree of which one run cannot be written cancels none`() async throws {
        let stage = try await FileStage()
        let root = try #require(try await stage.run(named: "root"))
        let file = stage.folder(of: root) + "/meta.yaml"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        try stage.write("run_id: [\n", to: file)
        try stage.age(file)
        let error = await refusal { try await stage.service.cancel(root.id, includingDescendants: true) }
        #expect(error?.code == .unexpectedResponse)
        try stage.write(text, to: file)
        for run in try await stage.service.children(of: root.id, recursive: true, matching: nil) {
            #expect(run.status == .running, "\(run.name)")
        }
    }

    /// Full disks and scripts that were killed leave half a line.
    @Test func `half a line is not glued to the next`() async throws {
        let stage = try await FileStage()
        let run = try #require(try await stage.run(named: "numbers"))
        let file = stage.folder(of: run) + "/metrics/torn"
        try stage.write("1 0.5 0\n2 0.", to: file)
        try stage.age(file)
        try await stage.service.logMetrics([MetricEntry(key: "torn", value: .number(7), step: 9)], to: run.id)
        #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix("1 0.5 0\n2 0.\n"))
        let latest = try await stage.service.details(of: run.id).run.metrics.value(forKey: "torn")
        #expect(latest?.value == .number(7))
    }

    /// What a process that was killed in the middle of a change left behind.
    @Test func `drafts of the dead are swept away and never shown`() async throws {
        let stage = try await FileStage()
        let run = try #require(try await stage.run(named: "keys"))
        let draft = stage.folder(of: run) + "/.runwatch-left"
        try stage.write("half", to: draft)
        #expect(try await stage.service.details(of: run.id).run == run)
        try await stage.service.rename(run.id, to: "swept")
        #expect(!FileManager.default.fileExists(atPath: draft))
    }

    @Test func `permissions of a file outlast its replacement`() async throws {
        let stage = try await FileStage()
        let run = try #require(try await stage.run(named: "keys"))
        let file = stage.folder(of: run) + "/meta.yaml"
        try FileManager.default.setAttributes([.posixPermissions: 0o664], ofItemAtPath: file)
        try await stage.service.rename(run.id, to: "other")
        #expect(FileStamp(file)?.permissions == 0o664)
    }

    /// Every file below a directory with its text.
    private func contents(_ folder: String) throws -> [String: String] {
        var found: [String: String] = [:]
        for name in FileManager.default.enumerator(atPath: folder)?.compactMap({ $0 as? String }) ?? [] {
            let isFile = FileStamp(folder + "/" + name)?.isFile == true
            found[name] = isFile ? try String(contentsOfFile: folder + "/" + name, encoding: .utf8) : "directory"
        }
        return found
    }
}
