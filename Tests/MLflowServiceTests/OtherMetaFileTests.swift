import Foundation
import Glibc
import MLflowService
import MLflowStores
import RunModel
import RunServices
import TestSupport
import Testing

/// Files of other versions of MLflow, and files that are none.
@Suite struct OtherMetaFileTests {
    private static let id = "00112233445566778899aabbccddeeff"

    private func read(_ meta: String, name tag: String? = nil) async throws -> (FileStage, Run) {
        let stage = try await FileStage()
        let folder = "\(stage.root)/0/\(Self.id)"
        try stage.write(meta, to: folder + "/meta.yaml")
        try stage.age(folder + "/meta.yaml")
        if let tag { try stage.write(tag, to: folder + "/tags/mlflow.runName") }
        return (stage, try await stage.service.details(of: RunID(Self.id)).run)
    }

    @Test func `MLflow 0 wrote run_uuid, and names in tags or fields of their own`() async throws {
        let old = """
            artifact_uri: /home/ana/mlruns/0/\(Self.id)/artifacts
            end_time: 1534216757000
            entry_point_name: ''
            experiment_id: 0
            lifecycle_stage: active
            name: ''
            run_uuid: \(Self.id)
            source_name: train.py
            source_type: 4
            source_version: 3c5ea0a3b4bc6b5f8a3d2b9f9e0f0a6a5d0a1b2c
            start_time: 1534216750000
            status: 4
            tags: []
            user_id: ana

            """
        let (stage, run) = try await read(old, name: "from a tag")
        #expect((run.name, run.status, run.user) == ("from a tag", .failed, "ana"))
        #expect(run.startedAt?.milliseconds == 1_534_216_750_000)
        #expect(run.endedAt?.milliseconds == 1_534_216_757_000)
        let folder = "\(stage.root)/0/\(Self.id)"
        for (field, value, name) in [("name: ''", "name: old", "old"), ("name: old", "run_name: newer", "newer")] {
            try stage.replace(field, with: value, in: folder + "/meta.yaml")
            #expect(try await stage.service.details(of: run.id).run.name == name)
        }
        // Only what changes is written, and the words stay numbers.
        try await stage.service.apply(.complete, to: run.id, onBehalfOf: .lifecycle)
        try stage.replace("status: 4", with: "status: 1", in: folder + "/meta.yaml")
        try stage.replace("end_time: 1534216757000", with: "end_time: null", in: folder + "/meta.yaml")
        let completed = try await stage.service.apply(.complete, to: run.id, onBehalfOf: .person)
        #expect(completed.status == .completed)
        let text = try String(contentsOfFile: folder + "/meta.yaml", encoding: .utf8)
        #expect(text.contains("status: 3\n"))
        #expect(text.contains("end_time: \(stage.clock.now.milliseconds)\n"))
        #expect(text.contains("run_uuid: \(Self.id)\n"))
        #expect(text.contains("source_version: 3c5ea0a3b4bc6b5f8a3d2b9f9e0f0a6a5d0a1b2c\n"))
    }

    @Test(
        arguments: [
            ("1", RunStatus.running), ("2", .queued), ("3", .completed), ("4", .failed), ("5", .canceled),
            ("KILLED", .canceled), ("'FINISHED'", .completed), ("6", .unknown("6")),
        ])
    func statuses(_ written: String, _ status: RunStatus) async throws {
        let (_, run) = try await read("run_id: \(Self.id)\nstatus: \(written)\nstart_time: 5\n")
        #expect(run.status == status)
        #expect(run.name == Self.id)
    }

    @Test func `YAML that MLflow does not write`() async throws {
        let (_, run) = try await read(
            "{run_id: \"\(Self.id)\", status: 3, run_name: \"a: \\\"b\\\" \\u00fc\", lifecycle_stage: 'active'}")
        #expect((run.name, run.status) == ("a: \"b\" ü", .completed))
        let (_, other) = try await read(
            "lifecycle_stage: active\r\nrun_name: a\r\nrun_id: \(Self.id)\r\nstatus: 3\r\nend_time: 7\r\n")
        #expect((other.name, other.status, other.endedAt?.milliseconds) == ("a", .completed, 7))
    }

    /// A few lines that stand for a billion nodes, as values and as keys, and a nesting deeper than any stack.
    private static let bombs = [
        "a0: &a0 x\n"
            + (1..<10).map {
                "a\($0): &a\($0) [\(Array(repeating: "*a\($0 - 1)", count: 10).joined(separator: ","))]\n"
            }.joined(),
        "? &a [x, x]\n: y\n? [*a, *a]\n: y\n", String(repeating: "[", count: 60_000),
        String(repeating: "- ", count: 30_000),
        String(repeating: "{a: ", count: 15_000),
    ]

    @Test(arguments: ["", "run_name: [", "\0\0\0", "just a text", "run_name: no id\n"] + bombs)
    func `a file that cannot be understood is told and hides nothing`(_ text: String) async throws {
        let stage = try await FileStage()
        var replica = ChangeReplica()
        try await replica.catchUp(with: stage.service)
        let before = replica.runs
        let run = try #require(try await stage.run(named: "finished"))
        let file = stage.folder(of: run) + "/meta.yaml"
        let good = try String(contentsOfFile: file, encoding: .utf8)
        // Just written, it may be half of what is being written.
        try stage.write(text, to: file)
        try await replica.catchUp(with: stage.service)
        #expect(replica.runs.count == before.count)
        try stage.age(file)
        for service in [stage.service, try MLflowFileStore(at: stage.root) { stage.clock.now }] {
            var replica = ChangeReplica()
            try await replica.catchUp(with: service)
            #expect(replica.runs.count == before.count)
            let told = try #require(replica.runs[run.id])
            #expect(told.status == .unknown("Unreadable"))
            // Everything else that the run has is there, its name from the tag.
            #expect((told.name, told.experimentID) == ("finished", run.experimentID))
            for (id, other) in before where id != run.id { #expect(replica.runs[id] == other) }
            #expect(try await service.details(of: run.id).run == told)
            let error = await refusal { try await service.cancel(run.id, includingDescendants: false) }
            #expect(error?.code == .unexpectedResponse)
            #expect(error?.message.contains("meta.yaml is not as MLflow writes it") == true)
            #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
        }
        try stage.write(good, to: file)
        try await replica.catchUp(with: stage.service)
        #expect(replica.runs == before)
    }

    @Test func `a name that looks like an alias is a name`() async throws {
        let (_, run) = try await read("run_id: \(Self.id)\nstatus: 3\nrun_name: \"a & b * c &x *y\"\n")
        #expect(run.name == "a & b * c &x *y")
    }

    @Test(arguments: [13_569_465_600, 99_999_999_999, 9_223_372_036_854_775_807, -9_223_372_036_854_775_808])
    func `a file of any date ends nothing`(_ seconds: Int) async throws {
        let stage = try await FileStage()
        let run = try #require(try await stage.run(named: "finished"))
        let file = stage.folder(of: run) + "/meta.yaml"
        for path in [file, stage.folder(of: run), stage.root] {
            // A file system that cannot hold the date takes the nearest that it can.
            var times = [timespec(tv_sec: seconds, tv_nsec: 0), timespec(tv_sec: seconds, tv_nsec: 0)]
            #expect(utimensat(AT_FDCWD, path, &times, 0) == 0)
        }
        let service = try MLflowFileStore(at: stage.root) { stage.clock.now }
        var replica = ChangeReplica()
        try await replica.catchUp(with: service)
        #expect(replica.runs[run.id]?.name == "finished")
        try stage.write("name: [", to: file)
        var times = [timespec(tv_sec: seconds, tv_nsec: 0), timespec(tv_sec: seconds, tv_nsec: 0)]
        #expect(utimensat(AT_FDCWD, file, &times, 0) == 0)
        let other = try MLflowFileStore(at: stage.root) { stage.clock.now }
        #expect(try await other.details(of: run.id).run.status == .unknown("Unreadable"))
    }

    @Test func `runs that are each other's parents have none`() async throws {
        let stage = try await FileStage()
        let runs = Array(
            try await stage.service.runs(in: .all, matching: nil, limit: 100).filter { $0.parentID == nil }.prefix(2))
        for (run, parent) in [(runs[0], runs[1]), (runs[1], runs[0])] {
            try stage.write(parent.id.text, to: stage.folder(of: run) + "/tags/mlflow.parentRunId")
        }
        let service = try MLflowFileStore(at: stage.root) { stage.clock.now }
        for run in runs {
            let told = try await service.details(of: run.id).run
            #expect(told.parentID == nil && told.rootID == run.id)
        }
        #expect(
            try await service.children(of: runs[0].id, recursive: true, matching: nil).contains { $0.id == runs[1].id })
    }

    @Test func `an experiment's file that cannot be understood is told and hides nothing`() async throws {
        let stage = try await FileStage()
        var replica = ChangeReplica()
        try await replica.catchUp(with: stage.service)
        let before = replica.runs
        let id = try #require(try await stage.run(named: "elsewhere")).experimentID
        let file = "\(stage.root)/\(id.text)/meta.yaml"
        let good = try String(contentsOfFile: file, encoding: .utf8)
        try stage.write("name: [", to: file)
        try await replica.catchUp(with: stage.service)
        #expect(replica.runs.mapValues(\.name) == before.mapValues(\.name))
        try stage.age(file)
        try await replica.catchUp(with: stage.service)
        #expect(Set(replica.runs.keys) == Set(before.keys))
        #expect(replica.experiments[id]?.name == "\(id.text) (its meta.yaml cannot be read)")
        #expect(replica.experiments.count == 3)
        try stage.write(good, to: file)
        try await replica.catchUp(with: stage.service)
        #expect(replica.runs == before)
        #expect(replica.experiments[id]?.name == "sécond / 日本")
    }
}
