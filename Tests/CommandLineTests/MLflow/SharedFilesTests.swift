import Foundation
import MLflowService
import MLflowStores
import RunModel
import RunServices
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// Real processes on one `mlruns` directory.
@Suite struct SharedFilesTests {
    /// A directory that MLflow would take for its own, with the experiment that it makes by itself.
    private func makeStore(_ binary: Binary) throws -> String {
        let root = binary.place.path + "/mlruns"
        try FileManager.default.createDirectory(atPath: root + "/0", withIntermediateDirectories: true)
        let meta = "artifact_location: file://\(root)/0\nexperiment_id: '0'\nlifecycle_stage: active\nname: Default\n"
        try meta.write(toFile: root + "/0/meta.yaml", atomically: false, encoding: .utf8)
        return root
    }

    private func runs(_ root: String) async throws -> [Run] {
        let service = try MLflowFileStore(at: root, readOnly: true) { Timestamp(milliseconds: 1_750_000_000_000) }
        return try await service.runs(in: .all, matching: nil, limit: 1_000)
    }

    @Test func `commands that start at once make one experiment and lose nothing`() async throws {
        let binary = try Binary()
        let root = try makeStore(binary)
        let service = ["RUNWATCH_SERVICE": root]
        try await withThrowingTaskGroup(of: Int32.self) { group in
            for number in 0..<8 {
                group.addTask {
                    try await binary.call(
                        "exec", "-e", "together", "--name", "\(number)", "--", Binary.path, "log", "loss=\(number)",
                        environment: service
                    ).status
                }
            }
            for try await status in group { #expect(status == 0) }
        }
        let runs = try await runs(root)
        #expect(runs.map(\.name).sorted() == (0..<8).map { "\($0)" })
        #expect(Set(runs.map(\.experimentID)).count == 1)
        for run in runs {
            #expect(run.status == .completed)
            #expect(run.metrics.value(forKey: "loss")?.value == .number(Double(run.name) ?? -1))
        }
    }

    /// As MLflow does, so that a group that shares a store with `umask 002` can go on doing so.
    @Test(arguments: [("002", 0o664, 0o775), ("077", 0o600, 0o700)])
    func `files are made as the umask says`(_ mask: String, _ file: Int, _ directory: Int) async throws {
        let binary = try Binary()
        let root = try makeStore(binary)
        let result = try await Subprocess.run(
            .path("/bin/sh"),
            arguments: ["-c", "umask \(mask); exec \"$0\" exec -e shared --param a=1 -- echo hello", Binary.path],
            environment: binary.environment(["RUNWATCH_SERVICE": root]), output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20))
        #expect(result.terminationStatus == .exited(0), "\(result.standardError)")
        let files = FileManager.default
        let paths = try files.subpathsOfDirectory(atPath: root).filter { $0 != "0" && !$0.hasPrefix("0/") }
        #expect(paths.contains { $0.hasSuffix("/meta.yaml") } && paths.contains { $0.hasSuffix("/params/a") })
        #expect(paths.contains { $0.contains("/artifacts/") })
        for path in paths {
            let attributes = try files.attributesOfItem(atPath: root + "/" + path)
            let isDirectory = attributes[.type] as? FileAttributeType == .typeDirectory
            #expect(attributes[.posixPermissions] as? Int == (isDirectory ? directory : file), "\(path)")
        }
    }

    @Test(arguments: [
        "rm -r \"$RUN\"", "sed -i 's/lifecycle_stage: active/lifecycle_stage: deleted/' \"$RUN/meta.yaml\"",
    ])
    func `a run that is deleted while its command runs is called deleted`(_ deletion: String) async throws {
        let binary = try Binary()
        let root = try makeStore(binary)
        let go = binary.place.path + "/go"
        let script = """
            RUN=$(echo \(root)/*/$RUNWATCH_RUN_ID); echo before; \(deletion)
            while [ ! -e \(go) ]; do echo after; sleep 0.05; done; exit 3
            """
        let status = try await binary.calling(
            "exec", "-e", "e", "--", "sh", "-c", script, environment: ["RUNWATCH_SERVICE": root]
        ) { _ in
            _ = try await eventually("it is told") {
                try binary.said().contains("was deleted in the run service; the command goes on") ? true : nil
            }
            try Data().write(to: URL(fileURLWithPath: go))
        }
        #expect(status == 3, "the command's own")
        let said = try binary.said()
        #expect(said.contains("so the end of its command is not recorded there."))
        #expect(said.ranges(of: "the command goes on").count == 1)
        #expect(!said.contains("check its id"), "\(said)")
    }

    @Test func `exec keeps its log beside a run whose experiment lies elsewhere`() async throws {
        let binary = try Binary()
        let root = try makeStore(binary)
        let file = root + "/0/meta.yaml"
        let meta = try String(contentsOfFile: file, encoding: .utf8)
        for location in ["file:///C:/Users/ana/mlruns/0", binary.place.path + "/moved-away/mlruns/0"] {
            try meta.replacingOccurrences(of: "file://\(root)/0", with: location)
                .write(toFile: file, atomically: false, encoding: .utf8)
            let answer = try await binary.call(
                "exec", "-e", "Default", "--", "echo", "hello", environment: ["RUNWATCH_SERVICE": root])
            #expect(answer.status == 0)
            #expect(answer.errors.isEmpty)
        }
        let service = try MLflowFileStore(at: root) { Timestamp(milliseconds: 1_750_000_000_000) }
        for run in try await runs(root) {
            let log = try #require(try await service.details(of: run.id).logs.first)
            let chunk = try await service.readLog(log.name, of: run.id, offset: 0, length: 100)
            #expect(String(decoding: chunk.bytes, as: UTF8.self) == "hello\n")
        }
        #expect(!FileManager.default.fileExists(atPath: "/C:"))
        #expect(!FileManager.default.fileExists(atPath: binary.place.path + "/moved-away"))
    }
}
