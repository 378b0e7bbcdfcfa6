import AzureMLService
import Foundation
import RunModel
import RunServices
import Synchronization
import TestSupport
import Testing

/// Logs lie at addresses that open them for anyone who knows them, for a while.
struct LogTests {
    /// A storage account with one log, which opens for the signature of the moment.
    private final class Storage: Sendable {
        let server: FaultServer

        init() throws {
            let (signature, text) = (Shared(""), Shared(""))
            server = try FaultServer { request in
                guard request.target.contains("sig=\(signature.value)&") else {
                    return .answer(403, "application/xml", "<Error>Signature did not match: \(request.target)</Error>")
                }
                return Self.part(of: Array(text.value.utf8), request["Range"] ?? "")
            }
            (sharedSignature, sharedText) = (signature, text)
            set("first", "epoch 1\n")
        }

        private let sharedSignature: Shared
        private let sharedText: Shared

        func set(_ signature: String, _ text: String) {
            sharedSignature.value = signature
            sharedText.value = text
        }

        func address(_ signature: String) -> String {
            "http://127.0.0.1:\(server.port)/logs/user_logs/std_log.txt?sv=2019-07-07&sig=\(signature)&se=2030"
        }

        private static func part(of bytes: [UInt8], _ range: String) -> FaultReply {
            let parts = range.dropFirst("bytes=".count).split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 2 else { return .answer(200, "text/plain", bytes: bytes) }
            let first = parts[0].isEmpty ? max(0, bytes.count - (Int(parts[1]) ?? 0)) : Int(parts[0]) ?? 0
            let last = parts[0].isEmpty ? bytes.count - 1 : min(Int(parts[1]) ?? 0, bytes.count - 1)
            guard first <= last else {
                return .answer(416, "text/plain", headers: [("Content-Range", "bytes */\(bytes.count)")], bytes: [])
            }
            return .answer(
                206, "text/plain", headers: [("Content-Range", "bytes \(first)-\(last)/\(bytes.count)")],
                bytes: Array(bytes[first...last]))
        }
    }

    private final class Shared: Sendable {
        private let text: Mutex<String>
        init(_ text: String) { self.text = Mutex(text) }
        var value: String {
            get { text.withLock { $0 } }
            set { text.withLock { $0 = newValue } }
        }
    }

    private func workspace(_ storage: Storage, _ signature: String) throws -> ScriptedWorkspace {
        let workspace = try ScriptedWorkspace()
        workspace.set("r", #""status":"Running","tags":{},"properties":{}"#)
        describe(workspace, storage, signature)
        return workspace
    }

    private func describe(_ workspace: ScriptedWorkspace, _ storage: Storage, _ signature: String) {
        workspace.setDetails(
            "r",
            #"""
            {"runId":"r","status":"Running","logFiles":{"system_logs/lifecycler.log":"http://127.0.0.1:1/?sig=x",
            "user_logs/std_log.txt":"\#(storage.address(signature))"}}
            """#)
    }

    @Test func `a growing log is followed by ranges, and its address renewed when it expires`() async throws {
        let storage = try Storage()
        let workspace = try workspace(storage, "first")
        let service = try workspace.connect()
        let id = RunID("r")
        let details = try await service.details(of: id)
        #expect(details.logs.map(\.name) == ["user_logs/std_log.txt", "system_logs/lifecycler.log"])
        #expect(details.commandLog?.size == 8)
        let start = try await service.readLog("user_logs/std_log.txt", of: id, offset: 0, length: 100)
        #expect(start.bytes == Array("epoch 1\n".utf8) && start.size == 8)
        let nothing = try await service.readLog("user_logs/std_log.txt", of: id, offset: 8, length: 100)
        #expect(nothing.bytes.isEmpty && nothing.size == 8)
        storage.set("second", "epoch 1\nepoch 2\n")
        describe(workspace, storage, "second")
        let more = try await service.readLog("user_logs/std_log.txt", of: id, offset: 8, length: 100)
        #expect(more.bytes == Array("epoch 2\n".utf8) && more.size == 16)
        let end = try await service.readLog("user_logs/std_log.txt", of: id, offset: -4, length: 100)
        #expect(end.bytes == Array("h 2\n".utf8) && end.offset == 12)
        // The token is for the workspace alone.
        #expect(storage.server.requests.allSatisfy { $0["Authorization"] == nil })
        #expect(workspace.server.requests.allSatisfy { $0["Authorization"] == "Bearer \(ScriptedWorkspace.token)" })
    }

    @Test func `no error tells an address or a token`() async throws {
        let storage = try Storage()
        let workspace = try workspace(storage, "expired")
        let service = try workspace.connect()
        let error = await refusal {
            try await service.readLog("user_logs/std_log.txt", of: RunID("r"), offset: 0, length: 9)
        }
        #expect(error?.code == .unavailable)
        #expect(error?.description.contains("expired") == false && error?.description.contains("sig=") == false)
        workspace.answer { _ in .answer(401, headers: [], #"{"error":{"message":"bad \#(ScriptedWorkspace.token)"}}"#) }
        let refused = await refusal { try await service.details(of: RunID("r")) }
        #expect(refused?.code == .unauthorized)
        #expect(refused?.description.contains("start it again") == true)
        #expect(refused?.description.contains(ScriptedWorkspace.token) == false)
    }
}
