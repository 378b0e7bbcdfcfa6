import Foundation
import HTTPTransport
import MLflowService
import RemotePolling
import RunModel
import RunServices
import TestSupport
import Testing

/// A real server that asks for names and passwords, and has no workspaces.
struct BasicAuthTests {
    private static let admin = "admin:first-secret-of-admin"

    /// Ana has an account with this password; everybody may read everything.
    private func startServer() async throws -> MLflowTrackingServer {
        let place = try TemporaryDirectory()
        let settings = """
            [mlflow]
            default_permission = READ
            database_uri = sqlite:///\(place.path)/auth.db
            admin_username = admin
            admin_password = first-secret-of-admin
            authorization_function = mlflow.server.auth:authenticate_request_basic_auth
            """
        let file = place.path + "/auth.ini"
        try settings.write(toFile: file, atomically: true, encoding: .utf8)
        let server = try await MLflowTrackingServer(
            options: ["--app-name", "basic-auth"],
            environment: ["MLFLOW_AUTH_CONFIG_PATH": file, "MLFLOW_FLASK_SERVER_SECRET_KEY": "for-tests"],
            keeping: place)
        try await addAna(to: server)
        return server
    }

    private func addAna(to server: MLflowTrackingServer) async throws {
        try await server.send(
            .post, "/api/2.0/mlflow/users/create", #"{"username":"ana","password":"secret-of-ana-1"}"#, as: Self.admin)
    }

    private func open(
        _ server: MLflowTrackingServer, _ environment: [String: String], clock: TestClock = TestClock()
    ) throws -> MLflowServer {
        var settings = MLflowServer.Settings()
        settings.isEager = true
        settings.patience = 60_000
        // A name of a workspace is for servers that have some; this one would refuse it.
        let environment = environment.merging(["MLFLOW_WORKSPACE": "team"]) { $1 }
        let connection = try MLflowConnection(uri: server.address, environment: environment)
        return try MLflowServer(connection, settings: settings) { clock.now }
    }

    private func login(_ name: String, _ password: String) -> [String: String] {
        ["MLFLOW_TRACKING_USERNAME": name, "MLFLOW_TRACKING_PASSWORD": password]
    }

    private func refused(_ service: MLflowServer, _ call: (MLflowServer) async throws -> some Any) async
        -> RunServiceError?
    {
        let error = await refusal { try await call(service) }
        // No password in anything that could be shown or logged.
        #expect(!String(describing: error).contains("secret-of"))
        #expect(!String(reflecting: error).contains("secret-of"))
        return error
    }

    @Test func `who may do what, and what is said to whom may not`() async throws {
        let server = try await startServer()
        let ours = try open(server, login("admin", "first-secret-of-admin"))
        let run = try await ours.createRun(RunDraft(experimentName: "e", name: "of the administrator"))
        try await ours.apply(.start, to: run.id, onBehalfOf: .lifecycle)

        for environment in [[:], login("ana", "secret-of-nobody"), ["MLFLOW_TRACKING_TOKEN": "secret-of-a-token"]] {
            let error = await refused(try open(server, environment)) { try await $0.experiments() }
            #expect(error?.code == .unauthorized)
            // Names where the credentials in use came from, or what to set.
            #expect(error?.message.contains("MLFLOW_TRACKING_") == true)
        }

        let reader = try open(server, login("ana", "secret-of-ana-1"))
        let first = try await reader.changes(in: .all, since: nil, pageSize: 10)
        #expect(first.runs.map(\.name) == ["of the administrator"])
        let error = await refused(reader) { try await $0.cancel(run.id, includingDescendants: false) }
        #expect(error?.code == .forbidden)
        #expect(try await ours.details(of: run.id).run.status == .running)

        // The account goes away and comes back while somebody looks: the place in the changes stays good.
        try await server.send(.delete, "/api/2.0/mlflow/users/delete", #"{"username":"ana"}"#, as: Self.admin)
        let expired = await refused(reader) { try await $0.changes(in: .all, since: first.cursor, pageSize: 10) }
        #expect(expired?.code == .unauthorized)
        try await addAna(to: server)
        try await ours.editTags([.set(key: "quality", value: "good")], of: run.id)
        let next = try await reader.changes(in: .all, since: first.cursor, pageSize: 10)
        #expect(next.runs.map { $0.tags.value(forKey: "quality") } == ["good"])
    }
}
