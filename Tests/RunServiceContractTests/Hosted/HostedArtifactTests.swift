import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct HostedArtifactTests {
    private func write(
        _ text: String, to path: String, under root: ArtifactRoot, of service: any HostedRunService
    ) async throws {
        let writer = try await service.beginArtifact(path, under: root)
        for byte in Array(text.utf8) { try await writer.write([byte]) }
        #expect(try await writer.finish() == Artifact(path: path, isFolder: false, size: Int64(text.utf8.count)))
    }

    private func read(_ path: String, under root: ArtifactRoot, of service: any HostedRunService) async throws -> String
    {
        let reader = try await service.openArtifact(path, under: root)
        var bytes: [UInt8] = []
        while true {
            let part = try await reader.read(from: Int64(bytes.count), length: 3)
            if part.isEmpty { break }
            bytes += part
        }
        #expect(Int64(bytes.count) == reader.size)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("H9. Files appear whole, are listed, read, replaced and deleted", arguments: HostedServiceFactory.all)
    func files(_ factory: HostedServiceFactory) async throws {
        let (service, backend) = try await factory.make()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        let root = ArtifactRoot.run(run.id)
        #expect(try await service.artifacts(under: root, in: nil, after: nil).items.isEmpty)
        let unfinished = try await service.beginArtifact("model/weights.bin", under: root)
        try await unfinished.write([1, 2, 3])
        #expect(try await service.artifacts(under: root, in: nil, after: nil).items.isEmpty)
        try await write("hello", to: "model/notes/readme.txt", under: root, of: service)
        try await write("top", to: "top.txt", under: root, of: service)
        let top = [
            Artifact(path: "model", isFolder: true, size: nil), Artifact(path: "top.txt", isFolder: false, size: 3),
        ]
        #expect(try await service.artifacts(under: root, in: nil, after: nil).items == top)
        #expect(try await service.artifacts(under: root, in: nil, after: PageToken("model")).items == [top[1]])
        let notes = try await service.artifacts(under: root, in: "model/notes", after: nil).items
        #expect(notes == [Artifact(path: "model/notes/readme.txt", isFolder: false, size: 5)])
        #expect(try await service.artifacts(under: root, in: "top.txt", after: nil).items.isEmpty)
        #expect(try await service.artifacts(under: root, in: "none", after: nil).items.isEmpty)
        // Who reads goes on with what was there.
        let old = try await service.openArtifact("top.txt", under: root)
        try await write("another", to: "top.txt", under: root, of: service)
        #expect(try await old.read(from: 0, length: 99) == Array("top".utf8))
        #expect(try await read("top.txt", under: root, of: service) == "another")
        try await service.appendArtifact(Array(" one".utf8), to: "top.txt", under: root)
        try await service.appendArtifact(Array("new".utf8), to: "logs/new.log", under: root)
        #expect(try await read("top.txt", under: root, of: service) == "another one")
        // The same file by the path of the whole, as another process sees it.
        let elsewhere = try await HostedServiceFactory.open(backend)
        let whole = "\(run.experimentID.text)/\(run.id.text)/artifacts/top.txt"
        #expect(try await read(whole, under: .all, of: elsewhere) == "another one")
        #expect(await refusal { try await service.openArtifact("model", under: root) }?.code == .notFound)
        #expect(await refusal { try await service.openArtifact("none", under: root) }?.code == .notFound)
        for path in ["model", "top.txt/below"] {
            let error = await refusal { try await self.write("x", to: path, under: root, of: service) }
            #expect(error?.code == .conflict, "\(path)")
        }
        try await service.deleteArtifact("top.txt", under: root)
        #expect(await refusal { try await service.deleteArtifact("top.txt", under: root) }?.code == .notFound)
        try await service.deleteArtifact(nil, under: root)
        #expect(try await service.artifacts(under: root, in: nil, after: nil).items.isEmpty)
        try await unfinished.finish()
        #expect(await refusal { try await unfinished.write([4]) }?.code == .conflict)
        #expect(try await service.artifacts(under: root, in: "model", after: nil).items.map(\.size) == [3])
    }

    @Test("H9. Logs are among the artifacts, and texts among the logs", arguments: HostedServiceFactory.all)
    func logs(_ factory: HostedServiceFactory) async throws {
        let (service, _) = try await factory.make()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        try await service.appendLog(Array("printed".utf8), named: LogFile.output, of: run.id)
        try await write("user", to: "user_logs/std_log.txt", under: .run(run.id), of: service)
        try await write("\0", to: "weights.bin", under: .run(run.id), of: service)
        let top = try await service.artifacts(in: nil, of: run.id, after: nil).items.map(\.path)
        #expect(top == [LogFile.output, "user_logs", "weights.bin"])
        #expect(try await read(LogFile.output, under: .run(run.id), of: service) == "printed")
        let details = try await service.details(of: run.id)
        #expect(details.logs.map(\.name) == [LogFile.output, "user_logs/std_log.txt"])
        let chunk = try await service.readLog("user_logs/std_log.txt", of: run.id, offset: -2, length: 9)
        #expect(chunk == LogChunk(offset: 2, bytes: Array("er".utf8), size: 4))
        let error = await refusal { try await service.beginArtifact(LogFile.output, under: .run(run.id)) }
        #expect(error?.code == .conflict)
        try await service.appendLog(Array("!".utf8), named: LogFile.output, of: run.id)
        #expect(try await read(LogFile.output, under: .run(run.id), of: service) == "printed!")
    }

    @Test("H9. No path leads out", arguments: HostedServiceFactory.all)
    func paths(_ factory: HostedServiceFactory) async throws {
        let (service, _) = try await factory.make()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        try await write("mine", to: "a", under: .run(run.id), of: service)
        for root in [ArtifactRoot.run(run.id), .all, .upload("u")] {
            for path in ["", "/etc/passwd", "..", "../x", "a/../../x", "a/./b", "a//b", "a/", ".", "x\0y"] {
                #expect(
                    await refusal { try await service.openArtifact(path, under: root) }?.code == .invalid, "\(path)")
                #expect(await refusal { try await service.beginArtifact(path, under: root) }?.code == .invalid)
                #expect(
                    await refusal { try await service.appendArtifact([1], to: path, under: root) }?.code == .invalid)
                #expect(await refusal { try await service.deleteArtifact(path, under: root) }?.code == .invalid)
                let listing = await refusal { try await service.artifacts(under: root, in: path, after: nil) }
                #expect(listing?.code == .invalid)
            }
        }
        // Uploads of others are nobody's artifacts.
        let hidden = await refusal { try await service.artifacts(under: .all, in: ".uploads", after: nil) }
        #expect(hidden?.code == .invalid)
        #expect(await refusal { try await service.beginArtifact("a", under: .upload("../x")) }?.code == .invalid)
        for root in [ArtifactRoot.run(RunID("nobody")), .model("m-none")] {
            #expect(await refusal { try await service.beginArtifact("a", under: root) }?.code == .notFound)
        }
        #expect(
            try await service.artifacts(under: .all, in: nil, after: nil).items.map(\.path) == [
                run.experimentID.text
            ])
    }

    @Test("H9. Parts of an upload are kept aside", arguments: HostedServiceFactory.all)
    func uploads(_ factory: HostedServiceFactory) async throws {
        let (service, _) = try await factory.make()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        for part in ["2", "1"] { try await write("part \(part)", to: part, under: .upload("u1"), of: service) }
        let writer = try await service.beginArtifact("whole", under: .run(run.id))
        for part in try await service.artifacts(under: .upload("u1"), in: nil, after: nil).items {
            try await writer.write(Array(try await read(part.path, under: .upload("u1"), of: service).utf8))
        }
        try await writer.finish()
        #expect(try await read("whole", under: .run(run.id), of: service) == "part 1part 2")
        try await service.deleteArtifact(nil, under: .upload("u1"))
        #expect(try await service.artifacts(under: .upload("u1"), in: nil, after: nil).items.isEmpty)
    }

    @Test("H9. Folders of many files come in pages", arguments: HostedServiceFactory.all)
    func many(_ factory: HostedServiceFactory) async throws {
        let (service, _) = try await factory.make()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        let count = Artifact.pageLimit + 3
        for index in 0..<count {
            try await service.appendArtifact([1], to: "many/\(index)", under: .run(run.id))
        }
        var (names, next): ([String], PageToken?) = ([], nil)
        repeat {
            let page = try await service.artifacts(under: .run(run.id), in: "many", after: next)
            #expect(page.items.count <= Artifact.pageLimit)
            names += page.items.map { String($0.name) }
            next = page.next
        } while next != nil
        #expect(names == (0..<count).map(String.init).sorted())
    }
}
