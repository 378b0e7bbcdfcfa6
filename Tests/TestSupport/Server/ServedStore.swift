import Foundation
package import LocalStore
package import RunModel
package import RunServer
import RunServices
import Synchronization

/// `runwatch serve` in this process, on a store and a port of its own; both end with the last reference.
package final class ServedStore: Sendable {
    /// `http://127.0.0.1:PORT`.
    package let address: String
    /// Where it listens on loopback.
    package let port: Int
    /// The store that it serves, as any other process would see it.
    package let store: LocalStore
    private let server: RunServer
    private let task: Task<Void, any Error>
    private let directory: TemporaryDirectory

    /// Waits until connections are accepted.
    /// - Parameter clock: what the store takes for the time.
    /// - Parameter isEmpty: whether there is not even the experiment that every server of MLflow's has.
    package init(
        configure: (inout RunServer.Options) throws -> Void = { _ in },
        clock: @escaping @Sendable () -> Timestamp = LocalStore.systemClock, isEmpty: Bool = false
    ) async throws {
        let directory = try TemporaryDirectory()
        let store = try await LocalStore.open(at: directory.path + "/store", clock: clock)
        if !isEmpty { try await store.makeDefaultExperiment() }
        var options = RunServer.Options(host: "127.0.0.1", port: 0)
        try configure(&options)
        let isSecure = options.tls != nil
        let server = RunServer(
            options, service: store,
            routes: [RunwatchRoutes(service: store), MLflowRoutes(service: store, isSecure: isSecure)]
                + AzureMLRoutes.all(service: store, isSecure: isSecure))
        let (ports, found) = AsyncThrowingStream<Int, any Error>.makeStream()
        let task = Task {
            do {
                try await server.run { port in found.yield(port) }
                found.finish()
            } catch {
                found.finish(throwing: error)
                throw error
            }
        }
        var first = ports.makeAsyncIterator()
        guard let port = try await first.next() else {
            throw RunServiceError(.unavailable, "The server ended before it began.")
        }
        (self.port, self.store, self.server, self.task, self.directory) = (port, store, server, task, directory)
        address = "\(isSecure ? "https" : "http")://127.0.0.1:\(port)"
    }

    deinit {
        let (server, task, directory) = (server, task, directory)
        Task {
            await server.stop()
            _ = await task.result
            withExtendedLifetime(directory) {}
        }
    }

    /// The directory of the store.
    package var storePath: String { store.directory }

    /// Ends the server as a signal would, and waits for it.
    package func stop() async throws {
        await server.stop()
        try await task.value
    }

    /// Asks it one thing on a connection of its own.
    package func ask(
        _ method: String, _ path: String, _ body: String? = nil, headers: [(String, String)] = []
    ) async throws -> RawAnswer {
        try await RawConnection.ask(port, method, path, body.map { Array($0.utf8) }, headers)
    }

    /// Asks MLflow's protocol, and returns the answer's JSON.
    package func mlflow(_ method: String, _ path: String, _ body: String? = nil) async throws -> [String: Any] {
        try await ask(method, "/api/2.0/mlflow/" + path, body).object
    }
}
