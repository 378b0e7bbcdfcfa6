import Glibc
import NIOCore

/// Acknowledges received data at once.
///
/// A server without TCP_NODELAY holds the second part of an answer back until the first is acknowledged, and Linux
/// delays that by 40 ms. The kernel forgets the option (tcp(7)), so it is set again after every read.
final class QuickAcknowledgement: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    func handlerAdded(context: ChannelHandlerContext) { acknowledge(context) }

    func channelReadComplete(context: ChannelHandlerContext) {
        acknowledge(context)
        context.fireChannelReadComplete()
    }

    private func acknowledge(_ context: ChannelHandlerContext) {
        let option = ChannelOptions.Types.SocketOption(
            level: .tcp, name: NIOBSDSocket.Option(rawValue: TCP_QUICKACK))
        // Without it the answer comes later, that is all.
        try? context.channel.syncOptions?.setOption(option, value: 1)
    }
}
