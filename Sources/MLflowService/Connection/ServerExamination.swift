import Foundation
import HTTPTransport
import MLflowWire
package import RunServices

/// What a tracking server says of itself, and how far away it is, for who looks why it does not answer.
package struct ServerExamination: Sendable {
    /// Of MLflow or runwatch; nil where it does not say.
    package private(set) var version: String?
    /// Whether it is `runwatch serve`.
    package private(set) var isRunwatch = false
    /// Milliseconds of the fastest of a few questions.
    package private(set) var latency: Int64?
    /// Seconds by which its clock is ahead of ours; nil where it does not tell the time.
    package private(set) var skew: Int64?
    /// Why it cannot be used; nil where it answers as it should.
    package private(set) var fault: RunServiceError?

    /// Asks a server a few questions, none of which changes anything.
    /// - Parameter now: the wall clock, in seconds since 1970.
    package init(of connection: MLflowConnection, now: @Sendable () -> Int64) async {
        do throws(RunServiceError) {
            let transport = try HTTPTransport(connection.transport)
            let isWorkspace = connection.trackingURI.hasPrefix("databricks")
            for _ in 0..<3 {
                let start = ContinuousClock.now
                var call = HTTPCall(
                    .get, isWorkspace ? "/api/2.0/mlflow/experiments/search" : "/version", isRepeatable: false)
                if isWorkspace { call.query = [("max_results", "1")] }
                let answer = try await transport.send(call)
                let time = start.duration(to: .now)
                let milliseconds = time.components.seconds * 1_000 + time.components.attoseconds / 1_000_000_000_000_000
                latency = min(latency ?? .max, milliseconds)
                if let date = answer.date {
                    // The header has whole seconds, and the answer was under way.
                    let difference = date - now()
                    skew = difference.magnitude <= 1 + UInt64(milliseconds / 1_000) ? 0 : difference
                }
                guard answer.isSuccess || answer.status == 404 else {
                    fault = transport.fault.sentence(for: answer)
                    return
                }
                if answer.isSuccess, !isWorkspace { version = Self.version(answer.body) }
            }
            if !isWorkspace { await askWhetherRunwatch(transport) }
        } catch {
            fault = error
        }
    }

    /// `3.17.0`; nil for anything longer or other, such as a page. MLflow sends it as HTML.
    private static func version(_ body: [UInt8]) -> String? {
        let text = String(decoding: body.prefix(40), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        let isVersion =
            text.first?.isNumber == true && text.allSatisfy { $0.isLetter || $0.isNumber || ".+-".contains($0) }
        return isVersion && body.count <= 40 ? Shown.text(text) : nil
    }

    private mutating func askWhetherRunwatch(_ transport: HTTPTransport) async {
        let call = HTTPCall(.get, "/api/3.0/mlflow/server-info", isRepeatable: false)
        guard let answer = try? await transport.send(call), answer.isSuccess else { return }
        let info = try? JSONDecoder().decode(WireServerInfo.self, from: Data(answer.body))
        isRunwatch = info?.runwatch != nil
    }
}

extension MLflowConnection {
    /// Where the credentials in use were found and what they are, never what they say; nil without any.
    package var credentialsInUse: (origin: String, kind: String, expiry: Int64?)? {
        guard let credentials = transport.credentials else { return nil }
        return (transport.advice.credentialsInUse ?? "its address", credentials.kind, credentials.expiry)
    }
}
