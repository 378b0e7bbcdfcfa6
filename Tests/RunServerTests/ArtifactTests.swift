import Foundation
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

/// Files that pass through the server.
struct ArtifactTests {
    private static let base = "/api/2.0/mlflow-artifacts/artifacts/"

    @Test(arguments: [
        "../../../../etc/passwd", "%2e%2e/%2e%2e/x", "..%2f..%2fx", "%252e%252e/x", "a/../../x", "a%00b", "a%23b",
    ])
    func `No path leads out of a run's artifacts`(_ path: String) async throws {
        let server = try await ServedStore()
        let run = try await server.newRun()
        let place = Self.base + "0/\(run)/artifacts/"
        for method in ["GET", "PUT", "DELETE"] {
            let answer = try await server.ask(method, place + path, method == "PUT" ? "x" : nil)
            #expect(answer.status == 400 || answer.status == 404, "\(method)")
            #expect(!answer.text.contains("root:"))
        }
        let list = try await server.ask("GET", "/api/2.0/mlflow/artifacts/list?run_id=\(run)&path=\(path)")
        let file = try await server.ask("GET", "/get-artifact?run_id=\(run)&path=\(path)")
        #expect(list.status == 400 || list.object["files"] == nil)
        #expect(file.status == 400 || file.status == 404)
    }

    /// Below the run's own folder these name files like any others; alone they are refused.
    @Test(arguments: ["%2Fetc/passwd", "file:%2F%2F%2Fetc/passwd", "C:%5Cx"])
    func `No absolute path is taken for one`(_ path: String) async throws {
        let server = try await ServedStore()
        let run = try await server.newRun()
        let file = try await server.ask("GET", "/get-artifact?run_id=\(run)&path=\(path)")
        #expect(file.status == 400 && file.fault.message == "Invalid path")
        #expect(try await server.ask("PUT", Self.base + path, "x").status >= 400)
        let place = Self.base + "0/\(run)/artifacts/"
        #expect(try await server.ask("PUT", place + path, "inside").status == 200)
        #expect(try await server.ask("GET", place + path).text == "inside")
    }

    @Test func `A link that leads out is not followed`() async throws {
        let server = try await ServedStore()
        let run = try await server.newRun()
        let place = Self.base + "0/\(run)/artifacts/"
        #expect(try await server.ask("PUT", place + "dir/a.txt", "inside").status == 200)
        let files = FileManager.default
        let found = try #require(
            files.enumerator(atPath: server.storePath)?.compactMap { $0 as? String }.first { $0.hasSuffix("dir/a.txt") }
        )
        let folder = (server.storePath + "/" + found as NSString).deletingLastPathComponent
        try files.createSymbolicLink(atPath: folder + "/out", withDestinationPath: "/etc")
        try files.createSymbolicLink(atPath: folder + "/file", withDestinationPath: "/etc/passwd")
        for path in ["dir/out/passwd", "dir/file"] {
            let answer = try await server.ask("GET", place + path)
            #expect(answer.status >= 400 && !answer.text.contains("root:"), "\(path)")
        }
        #expect(try await server.ask("PUT", place + "dir/out/new", "x").status >= 400)
        #expect(!files.fileExists(atPath: "/etc/new"))
    }

    @Test func `A part of a file is sent where a part is asked for`() async throws {
        let server = try await ServedStore()
        let run = try await server.newRun()
        let place = Self.base + "0/\(run)/artifacts/a.txt"
        #expect(try await server.ask("PUT", place, "0123456789").status == 200)
        for (range, status, text) in [
            ("bytes=2-4", 206, "234"), ("bytes=7-", 206, "789"), ("bytes=-3", 206, "789"),
            ("bytes=0-99", 206, "0123456789"),
            ("bytes=10-", 416, ""), ("bytes=4-2", 200, "0123456789"), ("lines=1-2", 200, "0123456789"),
        ] {
            let answer = try await server.ask("GET", place, headers: [("Range", range)])
            #expect(answer.status == status && answer.text == text, "\(range)")
        }
        let answer = try await server.ask("GET", place)
        #expect(answer.header("content-disposition")?.hasPrefix("attachment") == true)
        #expect(answer.header("x-content-type-options") == "nosniff")
    }

    @Test func `An upload that is cut off leaves no file, and the old one stays`() async throws {
        let server = try await ServedStore()
        let run = try await server.newRun()
        let place = Self.base + "0/\(run)/artifacts/a.txt"
        #expect(try await server.ask("PUT", place, "old").status == 200)
        let connection = try RawConnection(server.port)
        await connection.send(RawConnection.head("PUT", place, port: server.port, length: 1_000_000))
        await connection.send([UInt8](repeating: 0x78, count: 400_000))
        connection.shutDown()
        _ = await connection.receive()
        #expect(try await server.ask("GET", place).text == "old")
    }

    @Test func `Many megabytes come and go whole`() async throws {
        let server = try await ServedStore()
        let run = try await server.newRun()
        let place = Self.base + "0/\(run)/artifacts/big.bin"
        let bytes = (0..<(8 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        #expect(try await RawConnection.ask(server.port, "PUT", place, bytes).status == 200)
        #expect(try await server.ask("GET", place).body == bytes)
        let list = try await server.mlflow("GET", "artifacts/list?run_id=\(run)")
        let files = try #require(list["files"] as? [[String: Any]])
        #expect(files.first?["file_size"] as? Int == bytes.count)
    }

    @Test func `Parts are put together in their order, whatever the order they came in`() async throws {
        let server = try await ServedStore()
        let run = try await server.newRun()
        let folder = "/api/2.0/mlflow-artifacts/mpu/"
        let place = "0/\(run)/artifacts/parts"
        let begun = try await server.ask(
            "POST", folder + "create/" + place, #"{"path":"/home/ana/model.bin","num_parts":3}"#
        ).object
        let id = try #require(begun["upload_id"] as? String)
        let parts = try #require(begun["credentials"] as? [[String: Any]])
        for (number, text) in [(3, "c"), (1, "a"), (2, "b")] {
            let url = try #require(parts[number - 1]["url"] as? String)
            let answer = try await server.ask("PUT", url.replacing(server.address, with: ""), text)
            #expect(answer.status == 200 && answer.header("etag") != nil)
        }
        let list = (1...3).map { #"{"part_number":\#($0)}"# }.joined(separator: ",")
        let end = #"{"path":"/home/ana/model.bin","upload_id":"\#(id)","parts":[\#(list)]}"#
        #expect(try await server.ask("POST", folder + "complete/" + place, end).status == 200)
        #expect(try await server.ask("GET", Self.base + place + "/model.bin").text == "abc")
        #expect(try await server.ask("POST", folder + "complete/" + place, end).status == 404)
        #expect(try await server.ask("PUT", folder + "parts/0000-0000/1", "x").status == 404)
    }
}
