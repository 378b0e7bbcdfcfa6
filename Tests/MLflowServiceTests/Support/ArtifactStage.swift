import Foundation
import HTTPTransport
import MLflowArtifacts
import MLflowWire
import RunModel
import RunServices
import TestSupport

@testable import MLflowMeaning
@testable import MLflowService
@testable import MLflowStores

/// A place where MLflow keeps runs, with a way to write what a script writes there: artifacts, and tags of any name.
struct ArtifactStage: Sendable {
    enum Kind: CaseIterable, Sendable {
        case server, database, files
    }

    let clock: TestClock
    /// Another instance of the adapter each time.
    let open: @Sendable () async throws -> any SupervisedRunService
    /// Makes an artifact, or another of one that is there.
    let put: @Sendable (_ text: String, _ path: String, _ run: RunID) async throws -> Void
    let deleteTag: @Sendable (_ key: String, _ run: RunID) async throws -> Void

    init(_ kind: Kind) async throws {
        switch kind {
        case .server: try await self.init(server: MLflowTrackingServer.shared())
        case .database: self.init(try await RunServiceFactory.mlflowDatabase.makeBackend(), MLflowDatabase.self)
        case .files: self.init(try await RunServiceFactory.mlflowFiles.makeBackend(), MLflowFileStore.self)
        }
    }

    private init<Store: RecordStore>(_ backend: TestBackend, _: Store.Type) {
        clock = backend.clock
        open = { try await backend.open() }
        @Sendable func store() async throws -> Store {
            guard let store = try await backend.open() as? Store else { throw CancellationError() }
            return store
        }
        put = { text, path, run in
            let directory = try await store().read { try $0.artifacts(of: $0.stored(run)).writable() }
            let file = URL(fileURLWithPath: directory.path + "/" + path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            // In place, as MLflow's client copies files.
            try text.write(to: file, atomically: false, encoding: .utf8)
        }
        deleteTag = { key, run in
            _ = try await store().change(run) { _, _ in
                var edit = MLflowEdit()
                edit.deletedTags = [key]
                return edit
            }
        }
    }

    private init(server: MLflowTrackingServer) async throws {
        let connection = try MLflowConnection(
            uri: server.address, environment: ["MLFLOW_WORKSPACE": try await server.makeWorkspace()])
        let clock = TestClock()
        self.clock = clock
        open = { try MLflowServer(connection, settings: .patient) { clock.now } }
        let api = try MLflowAPI(connection, .patient)
        put = { text, path, run in
            let uri = try await api.run(run.text).info.artifactURI ?? ""
            let root = "/api/2.0/mlflow-artifacts/artifacts/" + uri.split(separator: ":/", maxSplits: 1)[1]
            var call = HTTPCall(.put, root + "/" + path, isRepeatable: true)
            call.body = Array(text.utf8)
            call.deadline = HTTPCall.listDeadline
            _ = try await api.send(call)
        }
        deleteTag = { key, run in
            let _: WireNothing = try await api.post("runs/delete-tag", ["run_id": run.text, "key": key])
        }
    }
}
