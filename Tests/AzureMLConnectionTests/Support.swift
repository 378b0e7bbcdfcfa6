import Foundation
import HTTPTransport
import RunModel
import RunServices
import Synchronization
import TestSupport

@testable import AzureMLService

let sampleSubscription = "11111111-2222-3333-4444-555555555555"

extension WorkspaceAddress {
    static func sample(host: HTTPAddress? = nil) -> WorkspaceAddress {
        WorkspaceAddress(subscription: sampleSubscription, group: "rg", workspace: "ws", host: host)
    }
}

extension FaultServer {
    var address: String { "http://127.0.0.1:\(port)" }
}

/// A token as Azure makes them: three parts, the last one a signature that nobody here checks.
func makeJWT(end: Timestamp, tenant: String = "t", mark: String = "signature") -> String {
    let claims = #"{"exp":\#(end.milliseconds / 1_000),"tid":"\#(tenant)"}"#
    return [#"{"alg":"RS256"}"#, claims, mark].map { Base64URL.encoded(Array($0.utf8)) }.joined(separator: ".")
}

/// What a call throws; nil when it throws nothing.
func refusal<Value>(_ call: () async throws(RunServiceError) -> Value) async -> RunServiceError? {
    do throws(RunServiceError) {
        _ = try await call()
        return nil
    } catch {
        return error
    }
}

/// A way to tokens that a test fills.
final class ScriptedOrigin: TokenOrigin {
    let name: String
    let remedy = "ask again"
    private let state: Mutex<(answers: [Result<AccessToken?, RunServiceError>], asked: Int)>
    private let delay: Duration

    init(_ name: String, _ answers: [Result<AccessToken?, RunServiceError>], delay: Duration = .zero) {
        self.name = name
        self.delay = delay
        state = Mutex((answers, 0))
    }

    var asked: Int { state.withLock { $0.asked } }

    func fetch() async throws(RunServiceError) -> AccessToken? {
        let answer = state.withLock { state in
            state.asked += 1
            // The last one counts for good.
            return state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0]
        }
        try? await Task.sleep(for: delay)
        return try answer.get()
    }
}

/// A directory with a program of some name in it, as a test writes it for sh.
struct FakeProgram {
    let place: TemporaryDirectory

    init(_ name: String, _ script: String) throws {
        place = try TemporaryDirectory()
        let path = place.path + "/" + name
        try "#!/bin/sh\n\(script)\n".write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }

    func environment(_ more: [String: String] = [:]) -> AzureEnvironment {
        AzureEnvironment(["PATH": "\(place.path):/usr/bin:/bin", "HOME": place.path].merging(more) { $1 })
    }

    func text(_ name: String) throws -> String { try String(contentsOfFile: place.path + "/" + name, encoding: .utf8) }
}
