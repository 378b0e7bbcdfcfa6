import Foundation
import HTTPTransport
import MLflowService
import MLflowStores

extension RunServiceFactory {
    package static let mlflowDatabase = RunServiceFactory(
        name: "MLflowDatabase", holds: [.chosenIDs, .evenSamples, .pointCounts]
    ) {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/mlflow.db"
        try await MLflowStores.copy("empty.db", to: path)
        let clock = TestClock()
        return TestBackend(clock: clock) { readOnly in
            // The service keeps the directory, since SQLite writes to no file that is gone.
            try MLflowDatabase(at: path, readOnly: readOnly) { withExtendedLifetime(directory) { clock.now } }
        }
    }

    package static let mlflowFiles = RunServiceFactory(
        name: "MLflowFileStore", holds: [.everyNumber, .chosenIDs, .evenSamples, .pointCounts]
    ) {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/mlruns"
        try await MLflowStores.copy("empty-mlruns", to: path)
        // As it is once the experiment that MLflow makes by itself was moved away.
        try FileManager.default.createDirectory(atPath: path + "/.trash", withIntermediateDirectories: true)
        try FileManager.default.moveItem(atPath: path + "/0", toPath: path + "/.trash/0")
        let clock = TestClock()
        return TestBackend(clock: clock) { readOnly in
            try MLflowFileStore(at: path, readOnly: readOnly) { withExtendedLifetime(directory) { clock.now } }
        }
    }

    /// A workspace of its own on one server: starting a server for each test would take longer than all the tests.
    package static let mlflowServer = RunServiceFactory(
        name: "MLflowServer", histories: 2, manyRuns: 120,
        makeBackend: {
            let server = try await MLflowTrackingServer.shared()
            let workspace = try await server.makeWorkspace()
            let connection = try MLflowConnection(
                uri: server.address, environment: ["MLFLOW_WORKSPACE": workspace])
            var settings = MLflowServer.Settings()
            settings.isEager = true
            settings.patience = 60_000
            settings.listPage = 50
            let clock = TestClock()
            return TestBackend(clock: clock) { [settings] readOnly in
                try MLflowServer(connection, isReadOnly: readOnly, settings: settings) { clock.now }
            }
        })
}
