import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// Serves one connection of a `FaultServer`.
final class FaultHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let connection: Int
    private let record: FaultRecord
    private let script: FaultServer.Script
    private var received: [UInt8] = []
    private var tunnel: (any Channel)?

    init(connection: Int, _ record: FaultRecord, _ script: @escaping FaultServer.Script) {
        self.connection = connection
        self.record = record
        self.script = script
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        if let tunnel { return tunnel.writeAndFlush(buffer, promise: nil) }
        received += Array(buffer.readableBytesView)
        // The start of a TLS handshake where http is spoken; what uvicorn, gunicorn and nginx answer.
        if received.first == 0x16 { perform([.write(FaultReply.head(400, [])), .close], on: context.channel) }
        while let request = FaultRequest(takenFrom: &received, connection: connection) {
            record.state.withLock { $0.requests.append(request) }
            perform(script(request).steps[...], on: context.channel)
        }
    }

    func channelInactive(context: ChannelHandlerContext) { tunnel?.close(promise: nil) }

    /// A client that does not like the certificate, for one.
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func perform(_ steps: ArraySlice<FaultReply.Step>, on channel: any Channel) {
        guard let step = steps.first else { return }
        let rest = steps.dropFirst()
        switch step {
        case .write(let bytes):
            channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
            perform(rest, on: channel)
        case .wait(let milliseconds):
            let handler = NIOLoopBound(self, eventLoop: channel.eventLoop)
            channel.eventLoop.scheduleTask(in: .milliseconds(milliseconds)) { handler.value.perform(rest, on: channel) }
        case .close: channel.close(promise: nil)
        case .reset:
            // Closing without lingering sends an RST.
            let options = channel as? any SocketOptionProvider
            options?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in channel.close(promise: nil) }
        case .tunnel(let port): open(tunnelTo: port, for: channel)
        }
    }

    private func open(tunnelTo port: Int, for channel: any Channel) {
        let handler = NIOLoopBound(self, eventLoop: channel.eventLoop)
        ClientBootstrap(group: channel.eventLoop)
            .channelInitializer { $0.pipeline.addHandler(TunnelEnd(to: channel)) }
            .connect(host: "127.0.0.1", port: port)
            .whenComplete { result in
                guard let upstream = try? result.get() else { return channel.close(promise: nil) }
                handler.value.tunnel = upstream
                channel.writeAndFlush(ByteBuffer(string: "HTTP/1.1 200 Connection established\r\n\r\n"), promise: nil)
            }
    }
}
