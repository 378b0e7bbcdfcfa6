package import Hummingbird
package import NIOCore

/// What is known of a request besides its head and body.
package struct ServerContext: RequestContext {
    /// Hummingbird's own part.
    package var coreContext: CoreRequestContextStorage
    /// The connection that the request came on.
    package let channel: any Channel

    /// As Hummingbird makes it for each request.
    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}
