import Foundation
import Glibc
import LocalStore
import RunServices
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// A server whose disk is really full: a file system of some megabytes, which it alone sees.
@Suite(.enabled("needs the right to mount", { await TinyDisk.isPermitted() })) struct FullDiskTests {
    private let binary: Binary
    private let disk: TinyDisk

    init() throws {
        binary = try Binary()
        disk = TinyDisk(path: binary.place.path + "/disk")
        mkdir(disk.path, 0o700)
    }

    @Test func `It refuses what does not fit, keeps what it has, and goes on once there is room`() async throws {
        let (binary, disk) = (binary, disk)
        let store = disk.path + "/store"
        let status = try await binary.calling("serve", "--port", "0", "--store", store, through: disk.launcher(8)) {
            pid in
            let port = try await binary.servedPort()
            let run = try await Self.newRun(port)
            try await Self.tryArtifacts(port, run, disk.seen(by: pid))
            let kept = try await Self.fill(port, run)
            #expect(kept > 5)
            let part = try await Self.ask(
                port, "PUT", Self.place(run) + "folder/late.bin", .init(repeating: 7, count: 200_000))
            #expect(part.status == 507)
            // Whatever cannot be written, what there is can be read.
            #expect(try await Self.points(port, run) == kept * 1_000)
            let found = try await Self.ask(port, "POST", "runs/search", Array(#"{"experiment_ids":["0"]}"#.utf8))
            #expect(found.status == 200 && (found.object["runs"] as? [Any])?.isEmpty == false)
            try await disk.resize(64, of: pid)
            #expect(try await eventually { try await Self.log(port, run, batch: kept).status == 200 })
            #expect(try await Self.points(port, run) == (kept + 1) * 1_000)
            let late = try await Self.ask(
                port, "PUT", Self.place(run) + "folder/late.bin", .init(repeating: 7, count: 200_000))
            #expect(late.status == 200)
            kill(pid, SIGTERM)
        }
        #expect(status == 0)
    }

    /// One file that fits and one that does not: of the latter nothing is left.
    private static func tryArtifacts(_ port: Int, _ run: String, _ disk: String) async throws {
        #expect(try await ask(port, "PUT", place(run) + "small.bin", .init(repeating: 7, count: 1_000)).status == 200)
        let large = try await ask(port, "PUT", place(run) + "large.bin", .init(repeating: 7, count: 12 << 20))
        #expect(large.status == 507 && large.fault.code == "RESOURCE_EXHAUSTED")
        #expect(large.fault.message.contains("Make room"))
        #expect(try await ask(port, "GET", place(run) + "large.bin").status == 404)
        #expect(try await ask(port, "GET", place(run) + "small.bin").body.count == 1_000)
        #expect(
            try await eventually {
                let files = FileManager.default.enumerator(atPath: disk)?.compactMap { $0 as? String } ?? []
                return files.filter { $0.contains("/artifacts/") && $0.hasSuffix(".bin") }.count == 1
                    && !files.contains { $0.contains(".uploads/") }
            })
    }

    /// Logs until nothing more fits; returns how many batches were kept.
    private static func fill(_ port: Int, _ run: String) async throws -> Int {
        for batch in 0..<2_000 {
            let answer = try await log(port, run, batch: batch)
            if answer.status == 200 { continue }
            #expect(answer.status == 507 && answer.fault.code == "RESOURCE_EXHAUSTED")
            return batch
        }
        return 0
    }

    private static func log(_ port: Int, _ run: String, batch: Int) async throws -> RawAnswer {
        let points = (0..<1_000).map {
            #"{"key":"loss","value":\#($0),"timestamp":1700000000000,"step":\#(batch * 1_000 + $0)}"#
        }
        let body = #"{"run_id":"\#(run)","metrics":[\#(points.joined(separator: ","))]}"#
        return try await ask(port, "POST", "runs/log-batch", Array(body.utf8))
    }

    private static func points(_ port: Int, _ run: String) async throws -> Int {
        let answer = try await ask(port, "GET", "metrics/get-history?run_id=\(run)&metric_key=loss")
        return (answer.object["metrics"] as? [Any])?.count ?? 0
    }

    private static func newRun(_ port: Int) async throws -> String {
        let answer = try await ask(port, "POST", "runs/create", Array(#"{"experiment_id":"0","start_time":1}"#.utf8))
        let run = answer.object["run"] as? [String: Any]
        return (run?["info"] as? [String: Any])?["run_id"] as? String ?? ""
    }

    private static func place(_ run: String) -> String {
        "/api/2.0/mlflow-artifacts/artifacts/0/\(run)/artifacts/"
    }

    private static func ask(_ port: Int, _ method: String, _ path: String, _ body: [UInt8]? = nil) async throws
        -> RawAnswer
    {
        try await RawConnection.ask(port, method, path.hasPrefix("/") ? path : "/api/2.0/mlflow/" + path, body)
    }
}

/// A file system in memory that only one process, and those that it starts, see.
struct TinyDisk: Sendable {
    let path: String

    /// Root needs no name space of users, in which not every system lets others mount.
    private static var entry: [String] { ["unshare", "--mount"] + (getuid() == 0 ? [] : ["--map-root-user"]) }

    /// What mounts it and then becomes the command that follows.
    func launcher(_ megabytes: Int) -> [String] {
        let mount = "mount -t tmpfs -o size=\(megabytes)m none '\(path)'"
        return Self.entry + ["sh", "-c", "\(mount) && exec \"$@\"", "sh"]
    }

    /// Gives it another size while a process uses it.
    func resize(_ megabytes: Int, of pid: pid_t) async throws {
        let users = getuid() == 0 ? [] : ["--user", "--preserve-credentials"]
        let arguments =
            ["--target", "\(pid)", "--mount"] + users
            + ["mount", "-o", "remount,size=\(megabytes)m", path]
        _ = try await Subprocess.run(
            .name("nsenter"), arguments: Arguments(arguments), output: .discarded, error: .discarded)
    }

    /// Where others find what a process sees.
    func seen(by pid: pid_t) -> String { "/proc/\(pid)/root\(path)" }

    static func isPermitted() async -> Bool {
        let words = entry.dropFirst() + ["mount", "-t", "tmpfs", "none", "/mnt"]
        let result = try? await Subprocess.run(
            .name(entry[0]), arguments: Arguments(Array(words)), output: .discarded, error: .discarded)
        return result?.terminationStatus.isSuccess ?? false
    }
}
