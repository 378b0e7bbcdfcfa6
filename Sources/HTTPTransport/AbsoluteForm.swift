import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Writes whole addresses into requests, as a proxy for http wants them (RFC 9112, 3.2.2).
///
/// AsyncHTTPClient asks every proxy for a tunnel by CONNECT; many allow that for port 443 only.
final class AbsoluteForm: ChannelOutboundHandler, Sendable {
    typealias OutboundIn = HTTPClientRequestPart
    typealias OutboundOut = HTTPClientRequestPart

    /// Scheme, host and port.
    private let origin: String

    private init(origin: String) { self.origin = origin }

    static func add(to channel: any Channel, origin: String) throws {
        let handlers = channel.pipeline.syncOperations
        let encoder = try handlers.handler(type: HTTPRequestEncoder.self)
        try handlers.addHandler(AbsoluteForm(origin: origin), position: .after(encoder))
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .head(var head) = unwrapOutboundIn(data) else { return context.write(data, promise: promise) }
        head.uri = origin + head.uri
        context.write(wrapOutboundOut(.head(head)), promise: promise)
    }
}
