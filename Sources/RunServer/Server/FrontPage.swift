import Hummingbird
import RunModel
import RunServices

/// What the server itself answers, whatever protocols it speaks.
struct FrontPage: Sendable {
    let service: any RunService
    let isSecure: Bool

    func add(to router: Router<ServerContext>) {
        router.get("/") { request, _ in
            Response(
                status: .ok,
                headers: [
                    .contentType: "text/html; charset=utf-8",
                    .contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'",
                ], body: .init(byteBuffer: ByteBuffer(string: try await page(for: request))))
        }
    }

    private func page(for request: Request) async throws -> String {
        let experiments = try await service.experiments()
        let total = experiments.reduce(0) { $0 + $1.counts.total }
        let active = experiments.reduce(0) { $0 + $1.counts.active }
        let address = Self.escaped(request.ownAddress(isSecure: isSecure) ?? "http://localhost:5000")
        return """
            <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>runwatch</title><style>body{font:16px/1.5 monospace;max-width:44em;margin:3em auto;padding:0 1em}</style>
            <h1>runwatch</h1>
            <p>This is a run service: scripts log experiments to it, and <b>runwatch</b> in a terminal shows them live.
            <p>\(experiments.count) experiments, \(total) runs, \(active) of them active.
            <p>MLflow's Python client logs to it unchanged:
            <pre>export MLFLOW_TRACKING_URI=\(address)</pre>
            <p>To watch the runs from any terminal: <pre>runwatch --service \(address)</pre>
            </html>

            """
    }

    /// The client wrote it.
    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
