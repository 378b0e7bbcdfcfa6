import LocalStore
import RunServer
import RunServices

/// One run of a server on a store, from the line that says where it is to its last answer.
struct ServeSession {
    let directory: String
    /// Nil keeps artifacts in the store.
    let artifacts: String?
    let options: RunServer.Options
    let servers: ServerControl

    /// Returns once the server was ended by a signal and has answered what was begun.
    func run() async throws {
        let service: any HostedRunService = try await LocalStore.open(at: directory, artifacts: artifacts)
        try await service.makeDefaultExperiment()
        let isSecure = options.tls != nil
        let server = RunServer(
            options, service: service,
            routes: [RunwatchRoutes(service: service), MLflowRoutes(service: service, isSecure: isSecure)]
                + AzureMLRoutes.all(service: service, isSecure: isSecure))
        let (host, needsToken, directory) = (options.host, options.tokens.areNeeded, directory)
        try await servers.announcing(on: service) { announce in
            try await server.run { port in
                let address = Self.address(host, port, isSecure)
                await announce(address)
                Console.say("runwatch serves \(Shown.path(directory)) at \(address)")
                Console.say("  export MLFLOW_TRACKING_URI=\(address)")
                if needsToken { Console.say("  export MLFLOW_TRACKING_TOKEN=…   # what the token file holds") }
                Console.say("  runwatch_helper.use_azureml(\"\(address)\")   # see --print-python-helper")
                Console.say("  runwatch --service \(address)")
            }
        }
    }

    /// What a client on this machine names the server by.
    private static func address(_ host: String, _ port: Int, _ isSecure: Bool) -> String {
        let everywhere = ["0.0.0.0", "::", "[::]"].contains(host)
        let name = everywhere ? "localhost" : host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        return "\(isSecure ? "https" : "http")://\(name):\(port)"
    }
}
