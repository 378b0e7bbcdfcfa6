import NIOCore
import NIOPosix
import Synchronization

/// A port before a real server that can be shut and opened: the server goes away and comes back, without the many
/// seconds that it takes to start.
package final class ServerGate: Sendable {
    private let target: Int
    private let state = Mutex(State())

    /// All gates of a test process share a thread.
    private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    private struct State {
        var port = 0
        var listener: (any Channel)?
        var connections: [ObjectIdentifier: any Channel] = [:]
    }

    /// Open, on a port of its own; `target` is the server's port on loopback.
    package init(before target: Int) throws {
        self.target = target
        try open()
    }

    deinit { _ = closeAll() }

    /// `http://127.0.0.1:PORT`, the same whenever it is open.
    package var address: String { "http://127.0.0.1:\(state.withLock { $0.port })" }

    /// Lets requests through from now on.
    package func open() throws {
        let listener = try ServerBootstrap(group: Self.group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { [weak self, target] client in
                self?.note(client)
                return ClientBootstrap(group: client.eventLoop)
                    .channelInitializer { $0.pipeline.addHandler(TunnelEnd(to: client)) }
                    .connect(host: "127.0.0.1", port: target)
                    .flatMap { client.pipeline.addHandler(TunnelEnd(to: $0)) }
            }
            .bind(host: "127.0.0.1", port: state.withLock { $0.port }).wait()
        state.withLock { state in
            state.listener = listener
            state.port = listener.localAddress?.port ?? 0
        }
    }

    /// Refuses connections and ends those that are open, as when the server is killed.
    package func shut() {
        // What is closed already fails.
        for closed in closeAll() { try? closed.wait() }
    }

    private func note(_ client: any Channel) {
        let id = ObjectIdentifier(client)
        state.withLock { $0.connections[id] = client }
        client.closeFuture.whenComplete { [weak self] _ in
            self?.state.withLock { $0.connections[id] = nil }
        }
    }

    private func closeAll() -> [EventLoopFuture<Void>] {
        let open = state.withLock { state -> [any Channel] in
            defer { (state.listener, state.connections) = (nil, [:]) }
            return Array(state.connections.values) + (state.listener.map { [$0] } ?? [])
        }
        return open.map { $0.close() }
    }
}
