import NIOCore
import NIOPosix
package import NIOSSL
import Synchronization

/// An HTTP/1.1 server on loopback that misbehaves as a test tells it to, and notes what it was asked.
///
/// It serves as a proxy too: what it notes is then a whole address as target, or a CONNECT.
package final class FaultServer: Sendable {
    package typealias Script = @Sendable (FaultRequest) -> FaultReply

    package let port: Int
    private let listener: any Channel
    private let record = FaultRecord()

    /// All fault servers of a test process share a thread.
    private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    /// `port` 0 takes a free one; another stands for the server that was there before.
    package init(port: Int = 0, tls: TLSConfiguration? = nil, _ script: @escaping Script) throws {
        let context = try tls.map { try NIOSSLContext(configuration: $0) }
        listener = try ServerBootstrap(group: Self.group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { [record] channel in
                channel.eventLoop.makeCompletedFuture {
                    let handlers = channel.pipeline.syncOperations
                    if let context { try handlers.addHandler(NIOSSLServerHandler(context: context)) }
                    try handlers.addHandler(FaultHandler(connection: record.opened(channel), record, script))
                }
            }
            .bind(host: "127.0.0.1", port: port).wait()
        self.port = listener.localAddress?.port ?? 0
    }

    // Perhaps on the event loop, where nothing can be waited for.
    deinit { close() }

    /// Whole requests so far, oldest first.
    package var requests: [FaultRequest] { record.state.withLock { $0.requests } }
    /// Connections so far.
    package var connections: Int { record.state.withLock { $0.connections } }

    /// Closes the port and every connection, as when the process is killed.
    package func stop() {
        // What is closed already fails.
        for closed in close() { try? closed.wait() }
    }

    @discardableResult
    private func close() -> [EventLoopFuture<Void>] {
        let open = record.state.withLock { state in
            defer { state.open = [:] }
            return Array(state.open.values)
        }
        return ([listener] + open).map { $0.close() }
    }
}

/// What a server has seen.
final class FaultRecord: Sendable {
    struct State {
        var requests: [FaultRequest] = []
        var connections = 0
        var open: [ObjectIdentifier: any Channel] = [:]
    }

    let state = Mutex(State())

    /// The connection's number.
    func opened(_ channel: any Channel) -> Int {
        let id = ObjectIdentifier(channel)
        channel.closeFuture.whenComplete { [self] _ in state.withLock { $0.open[id] = nil } }
        return state.withLock { state in
            state.open[id] = channel
            state.connections += 1
            return state.connections
        }
    }
}
