import FileAccess
import Foundation
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

@testable import RunServer

/// Artifacts by Azure's protocol.
struct AzureArtifactTests {
    private static let helper = [("User-Agent", "python runwatch-helper/1")]

    /// The path and query at which a file is written, as the helper makes it of what the server says.
    private func writing(_ azure: AzureServer, _ path: String) async throws -> String {
        let answer = try await azure.ask(
            "POST", "artifact/v2.0", "artifacts/batch/metadata/ExperimentRun/dcid.a",
            #"{"paths":[{"path":"\#(path)"}]}"#,
            headers: Self.helper)
        let information = answer.object["artifactContentInformation"] as? [String: [String: String]]
        let address = try #require(information?[path]?["contentUri"])
        #expect(address.hasPrefix("https://runwatch.blob.127.0.0.1:\(azure.server.port)/"))
        return String(address.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" })
    }

    private func read(_ azure: AzureServer, _ path: String) async throws -> RawAnswer {
        let information = try await azure.ask(
            "GET", "artifact/v2.0", "artifacts/contentinfo/ExperimentRun/dcid.a/\(path)")
        guard let address = information.object["contentUri"] as? String else { return information }
        let target = address.dropFirst(azure.server.address.count)
        return try await azure.server.ask("GET", String(target))
    }

    @Test func `A file goes in and out, and MLflow's protocol lists it`() async throws {
        let azure = try await AzureServer()
        try await azure.makeRun("a")
        let target = try await writing(azure, "folder/a b.txt")
        let kept = try await azure.server.ask("PUT", target, "content", headers: [("x-ms-blob-type", "BlockBlob")])
        #expect(kept.status == 201 && kept.header("etag") != nil && kept.header("last-modified") != nil)
        #expect(try await read(azure, "folder%2Fa%20b.txt").text == "content")
        #expect(try await read(azure, "folder/a%20b.txt").text == "content")
        let listed = try await azure.server.mlflow("GET", "artifacts/list?run_id=a&path=folder")
        #expect((listed["files"] as? [[String: Any]])?.first?["path"] as? String == "folder/a b.txt")
    }

    @Test func `Files are appended to, and joined from blocks`() async throws {
        let azure = try await AzureServer()
        try await azure.makeRun("a")
        let log = try await writing(azure, "log.txt")
        _ = try await azure.server.ask("PUT", log, "", headers: [("x-ms-blob-type", "AppendBlob")])
        let first = try await azure.server.ask("PUT", log + "&comp=appendblock", "one")
        #expect(first.status == 201 && first.header("x-ms-blob-append-offset") == "0")
        let at = [("x-ms-blob-condition-appendpos", "3")]
        #expect(try await azure.server.ask("PUT", log + "&comp=appendblock", "two", headers: at).status == 201)
        #expect(try await azure.server.ask("PUT", log + "&comp=appendblock", "two", headers: at).status == 409)
        #expect(try await read(azure, "log.txt").text == "onetwo")
        let large = try await writing(azure, "large.bin")
        for (id, part) in [("QQ%3D%3D", "first "), ("Qg%3D%3D", "second")] {
            #expect(try await azure.server.ask("PUT", "\(large)&comp=block&blockid=\(id)", part).status == 201)
        }
        let list = "<?xml version='1.0'?><BlockList><Latest>QQ==</Latest><Latest>Qg==</Latest></BlockList>"
        #expect(try await azure.server.ask("PUT", large + "&comp=blocklist", list).status == 201)
        #expect(try await read(azure, "large.bin").text == "first second")
    }

    @Test func `Nothing is read or written without a ticket, or outside of the run`() async throws {
        let azure = try await AzureServer()
        try await azure.makeRun("a")
        try await azure.makeRun("b")
        let target = try await writing(azure, "x.txt")
        let bare = String(target.prefix { $0 != "?" })
        let query = String(target.drop { $0 != "?" })
        #expect(try await azure.server.ask("PUT", bare, "content").status == 401)
        #expect(try await azure.server.ask("PUT", "\(bare)?sig=guess", "content").status == 401)
        let other = bare.replacing("dcid.a", with: "dcid.b") + query
        #expect(try await azure.server.ask("PUT", other, "content").status == 401)
        for path in ["..%2F..%2Fout.txt", "../../out.txt", "%2e%2e/out.txt", "a/..%2f..%2f..%2fout.txt"] {
            let answer = try await azure.server.ask("PUT", bare.replacing("x.txt", with: path) + query, "content")
            #expect((400..<500).contains(answer.status), "\(path)")
        }
        #expect(FileManager.default.contents(atPath: azure.server.storePath + "/out.txt") == nil)
        let read = try await azure.ask("GET", "artifact/v2.0", "artifacts/contentinfo/ExperimentRun/dcid.a/none")
        #expect(read.status == 404)
    }

    @Test(arguments: ["a", "folder/a-b_c.txt", "a b", "grüße/🐦", "~a", "a?b#c%20d", "/a", "a//b", ""])
    func `Names survive a client that encodes them once more`(name: String) {
        let encoded = BlobName.encoded(name)
        #expect(PercentEncoding.encoded(encoded, keeping: "/-._~") == encoded)
        #expect(BlobName.decoded(encoded) == name)
    }

    @Test func `A ticket for reading does not write`() {
        let tickets = BlobTickets(limit: 4)
        let container = ArtifactContainer(run: RunID("a"))
        let reading = tickets.ticket(for: container, writing: false)
        #expect(tickets.allows(reading, for: container, writing: false))
        #expect(!tickets.allows(reading, for: container, writing: true))
        let writing = tickets.ticket(for: container, writing: true)
        #expect(tickets.allows(writing, for: container, writing: false))
        #expect(tickets.ticket(for: container, writing: true) == writing)
        for number in 0..<10 { _ = tickets.ticket(for: ArtifactContainer(run: RunID("\(number)")), writing: true) }
        #expect(!tickets.allows(writing, for: container, writing: true))
    }

    @Test func `A client without the helper is told of it`() async throws {
        let azure = try await AzureServer()
        try await azure.makeRun("a")
        let answer = try await azure.ask(
            "POST", "artifact/v2.0", "artifacts/batch/metadata/ExperimentRun/dcid.a", #"{"paths":[{"path":"x"}]}"#)
        #expect(answer.status == 400 && answer.text.contains("--print-python-helper"))
    }
}
