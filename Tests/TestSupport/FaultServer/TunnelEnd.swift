import NIOCore

/// Carries what comes from one side of a tunnel to the other, and its end too.
final class TunnelEnd: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private let otherSide: any Channel

    init(to otherSide: any Channel) { self.otherSide = otherSide }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        otherSide.writeAndFlush(unwrapInboundIn(data), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { otherSide.close(promise: nil) }
}
