import AzureMLService
import Foundation
import RunModel
import RunServices
import TestSupport
import Testing

/// What is sent where a service refuses, and what a person is told.
struct WritingTests {
    private func workspace(_ members: String = "") throws -> ScriptedWorkspace {
        let workspace = try ScriptedWorkspace()
        workspace.set("r", #""status":"Running","tags":{},"properties":{}"# + members)
        return workspace
    }

    private static func isWriting(_ request: FaultRequest) -> Bool {
        request.method == "PATCH" || request.path.hasSuffix("/events") || request.path.hasSuffix("/cancel")
    }

    @Test(arguments: [400, 403, 409, 412, 422]) func `a refused property is immutable, whatever the status`(
        _ status: Int
    ) async throws {
        let workspace = try workspace()
        let service = try workspace.connect()
        workspace.answer { [weak workspace] request in
            guard request.method == "PATCH" else { return nil }
            // Another client was faster.
            workspace?.set("r", #""status":"Running","tags":{},"properties":{"author":"ana"}"#)
            return ScriptedWorkspace.refusal(status, "the property exists")
        }
        let error = await refusal {
            try await service.addProperties(Properties([("author", "bo")]), to: RunID("r"))
        }
        #expect(error?.code == .immutable)
        for part in ["author", "ana", "bo"] { #expect(error?.message.contains(part) == true) }
    }

    @Test func `the platform's own call cancels a run that it runs`() async throws {
        let workspace = try workspace(#","cancelUri":"http://127.0.0.1:1/cancel""#)
        let service = try workspace.connect()
        workspace.answer { [weak workspace] request in
            guard request.path.hasSuffix("/cancel") else { return nil }
            workspace?.set("r", #""status":"CancelRequested","tags":{},"properties":{}"#)
            return .json("{}")
        }
        #expect(try await service.cancel(RunID("r"), includingDescendants: false).map(\.status) == [.cancelRequested])
        #expect(!workspace.asked.contains { $0.hasSuffix("/events") })
    }

    @Test func `else the address that the run names, on a host of the workspace`() async throws {
        let workspace = try ScriptedWorkspace()
        workspace.set(
            "r",
            #""status":"Running","tags":{},"properties":{},"cancelUri":"\#(workspace.address)/execution/stop?x=1""#)
        let service = try workspace.connect()
        workspace.answer { [weak workspace] request in
            if request.path.hasSuffix("/cancel") { return ScriptedWorkspace.refusal(404, "no such call") }
            guard request.path == "/execution/stop" else { return nil }
            workspace?.set("r", #""status":"Canceled","tags":{},"properties":{}"#)
            return .json("{}")
        }
        #expect(try await service.cancel(RunID("r"), includingDescendants: false).map(\.status) == [.canceled])
    }

    @Test func `no token goes to any other host; then the event of an end is posted`() async throws {
        let stranger = try FaultServer { _ in .json("{}") }
        let workspace = try workspace(#","cancelUri":"http://127.0.0.1:\#(stranger.port)/steal""#)
        let service = try workspace.connect()
        workspace.answer { [weak workspace] request in
            if request.path.hasSuffix("/cancel") { return ScriptedWorkspace.refusal(400, "not ours") }
            guard request.path.hasSuffix("/events"), request.text.contains("Run.Canceled") else { return nil }
            workspace?.set("r", #""status":"Canceled","tags":{},"properties":{}"#)
            return .answer(200, headers: [], "")
        }
        #expect(try await service.cancel(RunID("r"), includingDescendants: false).map(\.status) == [.canceled])
        #expect(stranger.requests.isEmpty)
    }

    @Test func `a run whose status the platform manages says so, and what to do`() async throws {
        let workspace = try workspace()
        let service = try workspace.connect()
        workspace.answer { request in
            request.path.hasSuffix("/events")
                ? ScriptedWorkspace.refusal(400, "Cannot set status of runs whose status is system managed") : nil
        }
        let error = await refusal {
            try await service.apply(.fail(RunFailure(message: "wrong")), to: RunID("r"), onBehalfOf: .person)
        }
        #expect(error?.code == .conflict)
        #expect(error?.message.contains("manages the status") == true && error?.message.contains("cancel") == true)
    }

    @Test func `a fail is an error with its words, then the end`() async throws {
        let workspace = try workspace()
        let service = try workspace.connect()
        workspace.answer { [weak workspace] request in
            guard request.path.hasSuffix("/events") else { return nil }
            if request.text.contains("Run.Failed") {
                workspace?.set("r", #""status":"Failed","tags":{},"properties":{}"#)
            }
            return .answer(200, headers: [], "")
        }
        try await service.apply(
            .fail(RunFailure(code: "BadScript", message: "wrong script")), to: RunID("r"), onBehalfOf: .person)
        let events = workspace.server.requests.filter { $0.path.hasSuffix("/events") }.map(\.text)
        #expect(events.count == 2)
        #expect(
            events[0].contains("Run.Error") && events[0].contains("BadScript") && events[0].contains("wrong script"))
        #expect(events[1].contains("Run.Failed") && events[1].contains("EndTime"))
    }

    @Test func `after a 429 no service of the workspace is asked before the time is over`() async throws {
        let workspace = try workspace()
        let service = try workspace.connect()
        workspace.answer { request in
            request.path.hasSuffix("/experiments:query")
                ? .answer(429, "application/json", headers: [("Retry-After", "300")], "") : nil
        }
        for _ in 0..<3 {
            let error = await refusal { try await service.runs(in: .all, matching: nil, limit: 9) }
            #expect(error?.code == .rateLimited)
        }
        #expect(
            await refusal { try await service.readLog("x", of: RunID("r"), offset: 0, length: 1) }?.code == .rateLimited
        )
        #expect(workspace.server.requests.count == 1)
    }
}
