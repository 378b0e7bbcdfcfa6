import FileAccess
import Foundation
import Glibc
import MLflowService
import MLflowStores
import RunModel
import RunServices
import TestSupport
import Testing

/// `mlruns` directories as they are found: links, other programs' files, what cannot be read.
@Suite struct WildStoreTests {
    private func replica(of service: some RunService) async throws -> ChangeReplica {
        var replica = ChangeReplica()
        try await replica.catchUp(with: service)
        return replica
    }

    @Test func `links to the store, to experiments and to runs are followed`() async throws {
        let stage = try await FileStage()
        let files = FileManager.default
        let before = try await replica(of: stage.service)
        let run = try #require(try await stage.run(named: "elsewhere"))
        let other = try #require(try await stage.run(named: "numbers"))
        let disk = stage.directory.path + "/disk"
        try files.createDirectory(atPath: disk, withIntermediateDirectories: true)
        let experiment = stage.root + "/" + run.experimentID.text
        for (path, name) in [(experiment, "experiment"), (stage.folder(of: other), "run")] {
            try files.moveItem(atPath: path, toPath: disk + "/" + name)
            try files.createSymbolicLink(atPath: path, withDestinationPath: disk + "/" + name)
        }
        let link = stage.directory.path + "/link"
        try files.createSymbolicLink(atPath: link, withDestinationPath: stage.root)
        let service = try MLflowFileStore(at: link) { stage.clock.now }
        for service in [stage.service, service] {
            let after = try await replica(of: service)
            #expect(after.runs == before.runs)
            #expect(after.experiments == before.experiments)
        }
        // What comes later is seen through the link too.
        var watched = try await replica(of: service)
        try stage.write("experiment_id: '77'\nname: later\nlifecycle_stage: active\n", to: stage.root + "/77/meta.yaml")
        try await watched.pull(from: service, pageSize: 0)
        #expect(watched.experiments[ExperimentID("77")]?.name == "later")
        let made = try await service.createRun(RunDraft(experimentName: "sécond / 日本"))
        #expect(files.fileExists(atPath: "\(disk)/experiment/\(made.id.text)/meta.yaml"))
        try await service.appendLog([65], named: "a.log", of: other.id)
        #expect(files.fileExists(atPath: disk + "/run/artifacts/runwatch/a.log"))
    }

    @Test func `a link that leads nowhere is told until its disk is back`() async throws {
        let stage = try await FileStage()
        let files = FileManager.default
        var replica = try await replica(of: stage.service)
        let before = (replica.runs, replica.experiments)
        let run = try #require(try await stage.run(named: "elsewhere"))
        let other = try #require(try await stage.run(named: "finished"))
        let experiment = stage.root + "/" + run.experimentID.text
        let disk = stage.directory.path + "/disk"
        try files.createDirectory(atPath: disk, withIntermediateDirectories: true)
        for (path, name) in [(experiment, "experiment"), (stage.folder(of: other), "run")] {
            try files.moveItem(atPath: path, toPath: disk + "/" + name)
            try files.createSymbolicLink(atPath: path, withDestinationPath: disk + "/" + name)
        }
        try files.moveItem(atPath: disk, toPath: disk + "-away")
        try await replica.catchUp(with: stage.service)
        let name = "\(run.experimentID.text) (its directory cannot be read)"
        #expect(replica.experiments[run.experimentID]?.name == name)
        let fresh = try await self.replica(of: MLflowFileStore(at: stage.root) { stage.clock.now })
        #expect(fresh.experiments[run.experimentID]?.name == name)
        #expect(fresh.runs[other.id]?.status == .unknown("Unreadable"))
        try files.moveItem(atPath: disk + "-away", toPath: disk)
        stage.clock.advance(by: 30_000)
        try await replica.catchUp(with: stage.service)
        #expect(replica.runs == before.0)
        #expect(replica.experiments == before.1)
    }

    @Test func `files of file systems and editors are no keys`() async throws {
        let stage = try await FileStage()
        let run = try #require(try await stage.run(named: "keys"))
        let folder = stage.folder(of: run)
        let names = [".nfs000000012345", ".~lock.team#", ".team.swp", "._team", "lines~", "#lines#", ".snapshot/lines"]
        for kind in ["tags", "params", "metrics"] {
            for name in names { try stage.write("1 2 3\n", to: "\(folder)/\(kind)/\(name)") }
            try stage.write("1 2 3\n", to: "\(folder)/\(kind)/team/.nfs0001")
        }
        #expect(try await stage.service.details(of: run.id).run == run)
        // What would not be found again is not written.
        for key in [".hidden", "a/.hidden"] {
            let edits: [TagEdit] = [.set(key: "fine", value: "x"), .set(key: key, value: "x")]
            #expect(await refusal { try await stage.service.editTags(edits, of: run.id) }?.code == .invalid)
            let params = Params([("fine", "x"), (key, "x")])
            #expect(await refusal { try await stage.service.logParams(params, to: run.id) }?.code == .invalid)
            let points = [MetricEntry(key: key, value: .number(1))]
            #expect(await refusal { try await stage.service.logMetrics(points, to: run.id) }?.code == .invalid)
            let draft = RunDraft(experimentName: "first", tags: Tags([(key, "x")]))
            #expect(await refusal { try await stage.service.createRun(draft) }?.code == .invalid)
        }
        #expect(try await stage.service.details(of: run.id).run == run)
    }

    @Test(arguments: ["tags", "params", "metrics"])
    func `half a run does not look like a whole one`(_ kind: String) async throws {
        let stage = try await FileStage()
        let run = try #require(try await stage.run(named: "keys"))
        let folder = stage.folder(of: run) + "/" + kind
        try FileManager.default.moveItem(atPath: folder, toPath: folder + "-away")
        // Nothing can be listed there, whoever asks.
        try FileManager.default.createSymbolicLink(atPath: folder, withDestinationPath: folder)
        let listed = try await stage.service.runs(in: .all, matching: nil, limit: 100)
        #expect(listed.first { $0.id == run.id }?.status == .unknown("Unreadable"))
        let error = await refusal { try await stage.service.details(of: run.id) }
        #expect(error?.message.contains("/\(kind)") == true)
        try FileManager.default.removeItem(atPath: folder)
        try FileManager.default.moveItem(atPath: folder + "-away", toPath: folder)
        #expect(try await stage.service.details(of: run.id).run == run)
    }

    private static let id = "00112233445566778899aabbccddeeff"

    private static let forms: [[UInt8]] = {
        let plain = "run_id: \(id)\nstatus: 3\nrun_name: näme\nstart_time: 1750000000000\nend_time: 1750000001000\n"
        let others = [
            plain, plain.replacingOccurrences(of: "1750000000000", with: "1750000000000.0"),
            plain.replacingOccurrences(of: "1750000000000", with: "1.75e+12"),
            plain.replacingOccurrences(of: "1750000000000", with: "1_750_000_000_000"),
            plain.replacingOccurrences(of: "status: 3", with: "status: 3.0"),
            plain.replacingOccurrences(of: "\n", with: "\r\n"), "---\n" + plain + "...\n", "# by hand\n" + plain,
            "%YAML 1.1\n---\n" + plain, plain.replacingOccurrences(of: ": ", with: ":   "),
            plain + "deleted_time: Null\nsource_name: ~\nuser_id: NULL\n",
            "{run_id: \(id), status: 3, run_name: näme, start_time: 1750000000000, end_time: 1750000001000}",
        ]
        var forms = others.map { Array($0.utf8) }
        forms.append([0xef, 0xbb, 0xbf] + forms[0])
        forms.append([0xef, 0xbb, 0xbf] + Array(others[5].utf8))
        forms.append([0xff, 0xfe] + plain.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
        forms.append([0xfe, 0xff] + plain.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] })
        return forms
    }()

    @Test(arguments: forms.indices)
    func `forms of YAML`(_ index: Int) async throws {
        let stage = try await FileStage()
        let file = "\(stage.root)/0/\(Self.id)/meta.yaml"
        try stage.write("", to: file)
        try Data(Self.forms[index]).write(to: URL(fileURLWithPath: file))
        let run = try await stage.service.details(of: RunID(Self.id)).run
        #expect((run.name, run.status, run.user) == ("näme", .completed, ""))
        #expect(run.createdAt.milliseconds == 1_750_000_000_000)
        #expect(run.endedAt?.milliseconds == 1_750_000_001_000)
        #expect(try await stage.service.rename(run.id, to: "öther").name == "öther")
    }

    /// An alias bomb, deep nesting, and times beyond all years.
    @Test func `a file that swells or sinks is refused at once`() async throws {
        let stage = try await FileStage()
        var bomb = "run_id: \(Self.id)\nstatus: 3\na0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<30 {
            bomb += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", "))]\n"
        }
        let deep = "run_id: \(Self.id)\nx: \(String(repeating: "[", count: 30_000))\n"
        let deeper = "run_id: \(Self.id)\nx:\n" + (1..<300).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
        for text in [bomb, deep, deeper] {
            let file = "\(stage.root)/0/\(Self.id)/meta.yaml"
            try stage.write(text, to: file)
            try stage.age(file)
            #expect(try await stage.service.details(of: RunID(Self.id)).run.status == .unknown("Unreadable"))
            let error = await refusal { try await stage.service.rename(RunID(Self.id), to: "x") }
            #expect(error?.code == .unexpectedResponse)
        }
        let file = "\(stage.root)/0/\(Self.id)/meta.yaml"
        for time in ["9223372036854775807", "-9223372036854775808", "1e300", ".inf", ".nan", "99999999999999999999"] {
            try stage.write("run_id: \(Self.id)\nstatus: 3\nstart_time: \(time)\nend_time: \(time)\n", to: file)
            let run = try await stage.service.details(of: RunID(Self.id)).run
            #expect((run.createdAt.milliseconds, run.status) == (0, .completed), "\(time)")
        }
    }

    /// The last year of some file systems, and one after which nanoseconds since then overflow.
    @Test func `files of any year`() async throws {
        let stage = try await FileStage()
        let before = try await replica(of: stage.service)
        for name in stage.names() where name.hasSuffix("meta.yaml") {
            var times = [timespec(tv_sec: 13_569_465_600, tv_nsec: 0), timespec(tv_sec: 13_569_465_600, tv_nsec: 0)]
            #expect(utimensat(AT_FDCWD, stage.root + "/" + name, &times, 0) == 0)
        }
        let service = try MLflowFileStore(at: stage.root) { stage.clock.now }
        #expect(try await replica(of: service).runs == before.runs)
        #expect(try await replica(of: stage.service).runs == before.runs)
    }

    /// A file system that counts whole seconds: the time and the size of the second write are those of the first.
    @Test func `two writes within a second of such a file system`() async throws {
        let stage = try await FileStage()
        let run = try #require(try await stage.run(named: "keys"))
        var replica = try await replica(of: stage.service)
        let file = stage.folder(of: run) + "/tags/team/name"
        for value in ["aaa", "bbb", "ccc"] {
            let handle = open(file, O_WRONLY)
            #expect(FileAccess.write(Array(value.utf8), to: handle))
            close(handle)
            var now = timespec()
            clock_gettime(CLOCK_REALTIME, &now)
            var times = [timespec(tv_sec: now.tv_sec, tv_nsec: 0), timespec(tv_sec: now.tv_sec, tv_nsec: 0)]
            #expect(utimensat(AT_FDCWD, file, &times, 0) == 0)
            try await replica.pull(from: stage.service, pageSize: 0)
            #expect(replica.runs[run.id]?.tags.value(forKey: "team/name") == value)
        }
    }
}
