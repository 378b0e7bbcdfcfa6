import Foundation
import RunModel
import RunServices
import TestSupport
import Testing

@testable import MLflowArtifacts
@testable import MLflowService

/// Folders of artifacts, one page at a time.
@Suite struct ArtifactListingTests {
    @Test(arguments: ArtifactStage.Kind.allCases)
    func `folders are listed one by one, and texts in them read`(_ kind: ArtifactStage.Kind) async throws {
        let place = try await ArtifactStage(kind)
        let service = try await place.open()
        let listing = service
        let run = try await service.createRun(RunDraft(experimentName: "explore-runs")).id
        #expect(try await listing.artifacts(in: nil, of: run, after: nil) == Page<Artifact>([]))
        for name in ["a.txt", "model/weights.bin", "model/deep/notes.txt"] { try await place.put(name, name, run) }
        let top = try await listing.artifacts(in: nil, of: run, after: nil)
        let expected = [
            Artifact(path: "a.txt", isFolder: false, size: 5), Artifact(path: "model", isFolder: true, size: nil),
        ]
        #expect(Set(top.items) == Set(expected))
        #expect(top.next == nil)
        let below = try await listing.artifacts(in: "model", of: run, after: nil).items
        #expect(Set(below.map(\.path)) == ["model/weights.bin", "model/deep"])
        #expect(Set(below.map { String($0.name) }) == ["weights.bin", "deep"])
        let deep = try #require(try await listing.artifacts(in: "model/deep", of: run, after: nil).items.first)
        let text = try await service.readLog(deep.path, of: run, offset: 0, length: 100)
        #expect(String(decoding: text.bytes, as: UTF8.self) == "model/deep/notes.txt")
        #expect(try await listing.artifacts(in: "none", of: run, after: nil).items.isEmpty)
        #expect(await refusal { try await listing.artifacts(in: "../..", of: run, after: nil) }?.code == .invalid)
        let nobody = RunID("00000000000000000000000000000000")
        #expect(await refusal { try await listing.artifacts(in: nil, of: nobody, after: nil) }?.code == .notFound)
    }

    @Test func `a large folder comes in pages, each file once`() throws {
        let place = try TemporaryDirectory()
        for number in 0..<1_200 {
            try Data().write(to: URL(fileURLWithPath: "\(place.path)/\(number)"))
        }
        let directory = ArtifactDirectory(base: place.path, folders: [])
        var (paths, sizes, next): ([String], [Int], PageToken?) = ([], [], nil)
        repeat {
            let page = try directory.page(of: nil, after: next)
            paths += page.items.map(\.path)
            sizes.append(page.items.count)
            next = page.next
        } while next != nil
        #expect(sizes == [500, 500, 200])
        #expect(Set(paths).count == 1_200)
    }

    @Test func `a server's pages are turned`() async throws {
        let tracker = try FaultyTracker()
        tracker.set("a", tag: "good")
        tracker.fail { request in
            guard request.path.hasSuffix("artifacts/list") else { return nil }
            let page = request.target.contains("page_token=two") ? "b" : "a"
            let files = (0..<600).map { #"{"path":"\#(page)\#($0).log","is_dir":false,"file_size":"1"}"# }
            let next = page == "a" ? #","next_page_token":"two""# : ""
            return .json(#"{"files":[\#(files.joined(separator: ","))]\#(next)}"#)
        }
        let service = try tracker.connect()
        var (paths, next): ([String], PageToken?) = ([], nil)
        repeat {
            let page = try await service.artifacts(in: nil, of: RunID("a"), after: next)
            #expect(page.items.count <= Artifact.pageLimit)
            paths += page.items.map(\.path)
            next = page.next
        } while next != nil
        #expect(paths.count == 1_200 && Set(paths).count == 1_200)
        #expect(try await service.details(of: RunID("a")).logs.count == 1_000, "bounded")
    }

    @Test func `a server whose pages never end is not asked for ever, and sizes are numbers`() async throws {
        let tracker = try FaultyTracker()
        tracker.set("a", tag: "good")
        tracker.fail { request in
            guard request.path.hasSuffix("artifacts/list") else { return nil }
            let count = request.target.count + Int.random(in: 0..<1_000_000)
            return .json(
                """
                {"files":[{"path":"\(count).log","is_dir":false,"file_size":9223372036854775807},
                {"path":"-\(count).log","is_dir":false,"file_size":-5}],"next_page_token":"\(count)"}
                """)
        }
        let logs = try await tracker.connect().details(of: RunID("a")).logs
        #expect(logs.count <= 20)
        #expect(logs.allSatisfy { $0.size >= 0 && $0.size < 1 << 51 })
    }
}
