import MLflowService
import RunServices

extension RunServiceFactory {
    /// One runwatch to another, by the calls that only they know.
    package static let runwatchServer = RunServiceFactory(
        name: "RunwatchServer", holds: Set(Distinction.allCases), histories: 4, manyRuns: 600
    ) {
        let clock = TestClock()
        let server = try await ServedStore(clock: { clock.now }, isEmpty: true)
        let connection = try MLflowConnection(uri: server.address, environment: [:])
        return TestBackend(clock: clock) { readOnly in
            HeldService(base: try RunwatchServer(connection, isReadOnly: readOnly), server: server)
        }
    }

    /// Our adapter of MLflow's servers, pointed at ours, as a client that takes it for one.
    package static let mlflowToRunwatch = RunServiceFactory(
        name: "MLflowServer on runwatch serve", histories: 2, manyRuns: 120
    ) {
        let clock = TestClock()
        let server = try await ServedStore(clock: { clock.now }, isEmpty: true)
        let connection = try MLflowConnection(uri: server.address, environment: [:])
        var settings = MLflowServer.Settings()
        settings.isEager = true
        settings.patience = 60_000
        settings.listPage = 50
        return TestBackend(clock: clock) { [settings] readOnly in
            HeldService(
                base: try MLflowServer(connection, isReadOnly: readOnly, settings: settings) { clock.now },
                server: server)
        }
    }

    /// Keeps the server as long as a test has its service.
    struct HeldService: ForwardingService {
        let base: any SupervisedRunService
        let server: ServedStore
    }
}
