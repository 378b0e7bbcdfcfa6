import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOPosix
import NIOSSL
package import RunServices
import ServiceLifecycle
import Synchronization
import UnixSignals

/// `runwatch serve`: a run service over HTTP, in the protocols of its routes.
package final class RunServer: Sendable {
    /// Where and how it listens.
    package struct Options: Sendable {
        /// A name or an address of this machine.
        package var host: String
        /// 0 for any that is free.
        package var port: Int
        /// Certificate chain and key, PEM files both; nil for none.
        package var tls: ServerCertificate?
        /// Who is let in.
        package var tokens: AccessTokens
        /// Connections at once; more of them wait.
        package var connectionLimit = 12_000
        /// Seconds after which a connection that is silent, or does not take its answer, is closed.
        package var patience: Int64 = 60
        /// Whether SIGTERM and SIGINT end it: for a process that does nothing else.
        package var takesSignals = false

        /// A server without TLS, unless `tls` is given.
        package init(host: String, port: Int, tls: ServerCertificate? = nil, tokens: AccessTokens = .open) {
            self.host = host
            self.port = port
            self.tls = tls
            self.tokens = tokens
        }
    }

    private let options: Options
    private let service: any RunService
    private let routes: [any RunServerRoutes]
    private let logger: Logger
    private let group = Mutex<ServiceGroup?>(nil)

    /// A server that does not listen yet.
    package init(_ options: Options, service: any RunService, routes: [any RunServerRoutes]) {
        self.options = options
        self.service = service
        self.routes = routes
        logger = Logger(label: "server")
    }

    /// Serves until it is stopped, and returns once what was begun is answered.
    ///
    /// `ready` is told the port once connections are accepted. Throws `RunServiceError` when the address cannot be had.
    package func run(ready: @escaping @Sendable (_ port: Int) async -> Void) async throws {
        // What Hummingbird notes of its own is about its parts; what was asked is noted by the responder.
        var quiet = logger
        quiet.logLevel = .error
        let application = Application(
            responder: responder, server: try builder(),
            configuration: ApplicationConfiguration(
                address: .hostname(options.host, port: options.port), serverName: "runwatch", backlog: 1_024,
                availableConnectionsDelegate: MaximumAvailableConnections(options.connectionLimit, logger: quiet)),
            onServerRunning: { await ready($0.localAddress?.port ?? 0) }, logger: quiet)
        var configuration = ServiceGroupConfiguration(
            services: [application, MemoryCare()],
            gracefulShutdownSignals: options.takesSignals ? [.sigterm, .sigint] : [],
            logger: quiet)
        // A client that never ends its request shall not hold the end up.
        configuration.maximumGracefulShutdownDuration = .seconds(10)
        let services = ServiceGroup(configuration: configuration)
        group.withLock { $0 = services }
        do {
            try await services.run()
        } catch let error as IOError {
            throw Self.sentence(error, options)
        } catch let error as SocketAddressError {
            throw RunServiceError(
                .invalid, "\(Shown.text(options.host)) is no address of this machine; name another one with --host.",
                underlying: "\(error)")
        }
    }

    /// Lets what was begun be answered, and then ends `run`.
    package func stop() async {
        await group.withLock { $0 }?.triggerGracefulShutdown()
    }

    private var responder: ServerResponder {
        let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
        FrontPage(service: service, isSecure: options.tls != nil).add(to: router)
        for each in routes { each.add(to: router) }
        return ServerResponder(
            routes: routes, handlers: router.buildResponder(),
            guardian: RequestGuard(
                tokens: options.tokens, hosts: HostRule(bound: options.host, hasTokens: options.tokens.areNeeded)),
            logger: logger)
    }

    private func builder() throws -> HTTPServerBuilder {
        let patience = TimeAmount.seconds(options.patience)
        let plain = HTTPServerBuilder.http1(
            configuration: .init(
                additionalChannelHandlers: [LargeHeadHandler(), SlowReaderHandler(patience: patience)],
                idleTimeout: patience,
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: LargeHeadHandler.limit, maxHeaderListSize: LargeHeadHandler.limit,
                    maxHeaderFieldCount: 200)))
        guard let tls = options.tls else { return plain }
        return try .tls(plain, tlsConfiguration: tls.configuration())
    }

    private static func sentence(_ error: IOError, _ options: Options) -> RunServiceError {
        let place = "\(Shown.text(options.host)):\(options.port)"
        return switch error.errnoCode {
        case EADDRINUSE:
            RunServiceError(
                .unavailable, "\(place) is in use already; end what listens there, or choose another port with --port.")
        case EACCES: RunServiceError(.forbidden, "\(place) needs more rights; choose a port above 1023 with --port.")
        case EADDRNOTAVAIL:
            RunServiceError(
                .invalid, "\(Shown.text(options.host)) is no address of this machine; choose another --host.")
        default: RunServiceError(.unavailable, "The server cannot listen on \(place).", underlying: "\(error)")
        }
    }
}
