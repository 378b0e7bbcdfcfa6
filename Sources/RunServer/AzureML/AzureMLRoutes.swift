import Foundation
import HTTPTypes
package import Hummingbird
package import RunModel
package import RunServices

/// Azure ML's run history, metrics, artifacts and local execution, over a hosted run service.
package struct AzureMLRoutes: RunServerRoutes {
    let service: any HostedRunService
    let isSecure: Bool
    let tickets = BlobTickets()
    private let clock: @Sendable () -> Timestamp

    /// - Parameter isSecure: whether clients come by https.
    /// - Parameter clock: what time it is.
    package init(
        service: any HostedRunService, isSecure: Bool,
        clock: @escaping @Sendable () -> Timestamp = {
            Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
        }
    ) {
        self.service = service
        self.isSecure = isSecure
        self.clock = clock
    }

    /// All that a workspace has: these, and MLflow's protocol below it.
    package static func all(service: any HostedRunService, isSecure: Bool) -> [any RunServerRoutes] {
        [
            AzureMLRoutes(service: service, isSecure: isSecure),
            AzureMLflowRoutes(service: service, isSecure: isSecure),
        ]
    }

    var now: Timestamp { clock() }

    /// A workspace's place in every path.
    package static let scope =
        "subscriptions/:subscription/resourceGroups/:group/providers/Microsoft.MachineLearningServices/workspaces/:workspace"

    /// The first parts of paths that no other protocol has.
    private static let roots: Set<Substring> = [
        "discovery", "subscriptions", "rp", "history", "metric", "artifact", "content", "execution", "azureml",
    ]

    /// By the first part of the path.
    package func owns(_ path: Substring) -> Bool {
        path.split(separator: "/", maxSplits: 1).first.map(Self.roots.contains) ?? false
    }

    /// Besides GET and HEAD, the questions that these clients put by POST.
    package func isReading(_ method: HTTPRequest.Method, _ path: Substring) -> Bool {
        if method == .get || method == .head { return true }
        guard method == .post else { return false }
        return ["runs:query", "experiments:query"].contains { path.hasSuffix($0) }
            || path.hasPrefix("/metric/") && ["full", "list", "sample"].contains { path.hasSuffix("/\($0)") }
    }

    /// Discovery tells nothing, and addresses of blobs hold a ticket.
    package func authorizesItself(_ path: Substring) -> Bool {
        path == "/discovery" || path.hasPrefix(BlobAddress.prefix)
    }

    /// In Azure's shape.
    package func response(to error: any Error) -> Response { AzureFault.response(to: error, at: now) }

    /// Everything below the roots of these protocols.
    package func add(to router: Router<ServerContext>) {
        let scope = Self.scope
        addWorkspace(to: router, scope)
        let history = router.group("/history/v1.0/\(scope)")
        addExperiments(to: history)
        addRuns(to: history)
        addEvents(to: history)
        addQueries(to: history)
        addMetrics(to: router.group("/metric/v2.0/\(scope)/runs/:run"))
        addArtifacts(to: router.group("/artifact/v2.0/\(scope)/artifacts"))
        addBlobs(to: router.group("/azureml/blob"))
        addSnapshots(to: router, scope)
        addExecution(to: router, scope)
    }
}

extension RouterGroup<ServerContext> {
    /// An endpoint whose handler is given the call alone.
    func add(
        _ method: HTTPRequest.Method, _ path: RouterPath,
        _ handler: @escaping @Sendable (AzureCall) async throws -> Response
    ) {
        on(path, method: method) { request, context in try await handler(AzureCall(request, context)) }
    }
}
