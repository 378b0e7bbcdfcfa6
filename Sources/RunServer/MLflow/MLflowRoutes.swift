package import HTTPTypes
package import Hummingbird
package import RunServices

/// MLflow's REST protocol 2.0, as MLflow 3.17 serves it, for experiments, runs, metrics, artifacts and logged models.
package struct MLflowRoutes: RunServerRoutes {
    private let endpoints: MLflowEndpoints

    /// - Parameter isSecure: whether clients reach the server by https.
    package init(service: any HostedRunService, isSecure: Bool) {
        endpoints = MLflowEndpoints(service: service, isSecure: isSecure)
    }

    /// The version of MLflow whose protocol this is; `/version` says so, and its clients compare it with their own.
    package static let version = "3.17.2"

    /// MLflow's own paths, at the root alone.
    package func owns(_ path: Substring) -> Bool {
        path.hasPrefix("/api/") || path.hasPrefix("/ajax-api/") || path == "/get-artifact" || path == "/graphql"
    }

    /// GET and the searches, which are POST.
    package func isReading(_ method: HTTPRequest.Method, _ path: Substring) -> Bool {
        method == .get || method == .head
            || method == .post && (path.hasSuffix("/search") || path.hasSuffix("/search-datasets"))
    }

    /// The parts of an upload, which MLflow's client sends without its token.
    package func authorizesItself(_ path: Substring) -> Bool { path.contains(MLflowEndpoints.partsMark) }

    /// Everything at its usual place.
    package func add(to router: Router<ServerContext>) {
        router.get("health") { _, _ in Response.text("OK") }
        router.get("version") { _, _ in Response.text(Self.version) }
        router.get("get-artifact") { request, _ in try await endpoints.getArtifact(request) }
        add(to: router, at: "")
    }

    /// What a client reaches whose tracking URI ends in `prefix`, which may have parts such as `:name`.
    package func add(to router: some RouterMethods<ServerContext>, at prefix: String) {
        for api in ["\(prefix)/api", "\(prefix)/ajax-api"] {
            for endpoint in endpoints.tracking { add(endpoint, "\(api)/2.0/mlflow/", to: router) }
            refuseOtherMethods("\(api)/2.0/mlflow/", in: router)
            router.get("\(api)/3.0/mlflow/server-info") { _, _ in ServerInfo.answer }
            addFiles("\(api)/2.0/mlflow-artifacts", to: router)
        }
        for endpoint in [endpoints.bulkHistory, endpoints.modelFile, endpoints.datasets] {
            add(endpoint, "\(prefix)/ajax-api/2.0/mlflow/", to: router)
        }
    }

    /// In the words of MLflow's own server, as JSON throughout.
    package func response(to error: any Error) -> Response { MLflowFault(error).response }

    private func add(_ endpoint: MLflowEndpoint, _ base: String, to router: some RouterMethods<ServerContext>) {
        router.on(RouterPath(base + endpoint.path), method: endpoint.method) { request, context in
            try await endpoint.answer(request, context)
        }
    }

    /// Says of what is there that it takes another method, and not that it is missing.
    private func refuseOtherMethods(_ base: String, in router: some RouterMethods<ServerContext>) {
        for (path, same) in Dictionary(grouping: endpoints.tracking, by: \.path) {
            for method in [.get, .post, .put, .patch, .delete] as [HTTPRequest.Method] {
                if same.contains(where: { $0.method == method }) { continue }
                router.on(RouterPath(base + path), method: method) { _, _ -> Response in throw ServerFault.wrongMethod }
            }
        }
    }

    private func addFiles(_ base: String, to router: some RouterMethods<ServerContext>) {
        let endpoints = endpoints
        router.get("\(base)/artifacts") { request, _ in try await endpoints.proxyList(request) }
        router.get("\(base)/artifacts/**") { request, _ in try await endpoints.proxyDownload(request) }
        router.put("\(base)/artifacts/**") { request, _ in try await endpoints.proxyUpload(request) }
        router.delete("\(base)/artifacts/**") { request, _ in try await endpoints.proxyDelete(request) }
        router.put("\(base)/mpu/parts/**") { request, _ in try await endpoints.takePart(request) }
        router.post("\(base)/mpu/create/**") { request, context in
            let call = MLflowCall(request: request, context: context)
            return try await endpoints.beginUpload(call.message(MLflowEndpoints.uploadFields), call)
        }
        router.post("\(base)/mpu/complete/**") { request, context in
            let call = MLflowCall(request: request, context: context)
            return try await endpoints.completeUpload(call.message(MLflowEndpoints.uploadFields), call)
        }
        router.post("\(base)/mpu/abort/**") { request, context in
            let call = MLflowCall(request: request, context: context)
            return try await endpoints.abortUpload(call.message(MLflowEndpoints.uploadFields))
        }
    }
}
