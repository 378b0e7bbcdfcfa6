import AzureMLService
import RunModel
import RunServices
import TestSupport
import Testing

/// What a workspace may say that no document foretells.
struct OddAnswerTests {
    @Test func `small pages are turned to the end`() async throws {
        let workspace = try ScriptedWorkspace()
        for index in 0..<23 { workspace.set("r\(index)", #""status":"Completed","tags":{},"properties":{}"#) }
        workspace.setPages(of: 3)
        let service = try workspace.connect()
        #expect(try await service.runs(in: .all, matching: nil, limit: 100).count == 23)
        var seen = ChangeReplica()
        try await seen.catchUp(with: service, pageSize: 5)
        #expect(seen.runs.count == 23)
        #expect(seen.experiments.values.map(\.counts.total) == [23])
    }

    @Test func `unknown words and members are borne, and missing ones`() async throws {
        let workspace = try ScriptedWorkspace()
        workspace.set(
            "odd",
            #"""
            "status":"Unapproved","unheardOf":{"a":[1,2]},"tags":{"quality":"fantastic run","worth another look":null,
            "number":7,"truth":true,"deep":{"a":1}},"properties":null,"runNumber":"many","createdUtc":"yesterday",
            "startTimeUtc":"2026-11-23T23:43:20.5310340+00:00","error":"it broke","warnings":{},"hidden":"no",
            "displayName":"odd one","createdBy":{"userName":"Ana","userPuid":null}
            """#)
        workspace.set("bare", #""status":"Pausing""#)
        workspace.set("away", #""status":"Running","hidden":true"#)
        let service = try workspace.connect()
        let runs = try await service.runs(in: .all, matching: nil, limit: 9)
        #expect(Set(runs.map(\.id.text)) == ["odd", "bare"])
        let odd = try #require(runs.first { $0.id.text == "odd" })
        #expect(odd.status == .unknown("Unapproved") && odd.name == "odd one" && odd.user == "Ana")
        #expect(odd.tags.value(forKey: "quality") == "fantastic run")
        #expect(odd.tags.contains("worth another look") && odd.tags.value(forKey: "worth another look") == .some(nil))
        #expect(odd.tags.value(forKey: "number") == "7" && !odd.tags.contains("deep"))
        #expect(odd.startedAt == Timestamp(milliseconds: 1_795_477_400_531))
        #expect(try #require(runs.first { $0.id.text == "bare" }).status == .unknown("Pausing"))
        #expect(await refusal { try await service.details(of: RunID("away")) }?.code == .notFound)
    }

    @Test func `a run tells why it waits and what it warned of`() async throws {
        let workspace = try ScriptedWorkspace()
        workspace.set(
            "waiting",
            #"""
            "status":"Queued","target":"gpu-cluster","tags":{},"properties":{},
            "queueingInfo":{"code":"NotEnoughCapacity","message":"2 of 4 nodes are there","lastRefreshTimestamp":null}
            """#)
        workspace.setDetails(
            "waiting",
            #"{"runId":"waiting","status":"Queued","warnings":[{"source":"quota","message":"nearly used up"}]}"#)
        let details = try await workspace.connect().details(of: RunID("waiting"))
        #expect(
            details.remarks == ["waits: NotEnoughCapacity: 2 of 4 nodes are there", "warning: quota: nearly used up"])
        #expect(details.source?.host == "gpu-cluster")
    }

    @Test func `a list without its items, or of nothing that is understood, is no empty list`() async throws {
        for body in ["{}", #"{"value":[{"id":1}]}"#, #"{"value":"none"}"#, "[]", "<html></html>"] {
            let workspace = try ScriptedWorkspace()
            let service = try workspace.connect()
            workspace.answer { $0.path.hasSuffix("/runs:query") ? .json(body) : nil }
            let error = await refusal { try await service.runs(in: .all, matching: nil, limit: 9) }
            #expect(error?.code == .unexpectedResponse, "\(body)")
        }
    }

    @Test func `pages without end are left`() async throws {
        let workspace = try ScriptedWorkspace()
        let service = try workspace.connect()
        workspace.answer { request in
            request.path.hasSuffix("/runs:query") ? .json(#"{"value":[],"continuationToken":"again"}"#) : nil
        }
        for call in [
            { _ = try await service.runs(in: .all, matching: nil, limit: 9) },
            {
                var seen = ChangeReplica()
                try await seen.catchUp(with: service)
            },
        ] as [() async throws -> Void] {
            #expect(await refusal { try await call() }?.code == .unexpectedResponse)
        }
    }

    @Test func `a filter that the service does not understand is evaluated here`() async throws {
        let workspace = try ScriptedWorkspace()
        workspace.set("good", #""status":"Completed","tags":{"quality":"good"},"properties":{}"#)
        workspace.set("poor", #""status":"Completed","tags":{"quality":"poor"},"properties":{}"#)
        workspace.answer { request in
            request.text.contains("\"filter\"") ? ScriptedWorkspace.refusal(400, "no such operator") : nil
        }
        let service = try workspace.connect(eager: false)
        let filter = try Filter.parse("tags.quality = good")
        #expect(try await service.runs(in: .all, matching: filter, limit: 9).map(\.id.text) == ["good"])
    }
}
