import Hummingbird
import Logging
import NIOHTTP1
import RunServices

/// What every request passes through: the guard, its handler, and the words for what went wrong.
struct ServerResponder: HTTPResponder {
    typealias Context = ServerContext

    let routes: [any RunServerRoutes]
    let handlers: RouterResponder<ServerContext>
    let guardian: RequestGuard
    let logger: Logger

    func respond(to request: Request, context: ServerContext) async throws -> Response {
        let start = ContinuousClock.now
        let owner = routes.first { $0.owns(request.rawPath) }
        var response: Response
        do {
            try guardian.check(request, owner)
            response = try await handlers.respond(to: request, context: context)
            // What no route takes is answered so by the router; no handler of ours says it without words.
            if response.status == .notFound, response.body.contentLength == 0 { throw ServerFault.unknownEndpoint }
        } catch let error as HTTPParserError {
            // What follows on this connection cannot be told apart from what came before: it is ended.
            throw error
        } catch {
            response = answer(to: error, owner)
            if request.method == .head { response = response.createHeadResponse() }
        }
        response.headers[.xContentTypeOptions] = "nosniff"
        // Without the query, which may hold a signature.
        let microseconds = start.duration(to: .now) / Duration.microseconds(1)
        logger.debug("\(request.method) \(request.rawPath) \(response.status.code) \(Int(microseconds)) µs")
        return response
    }

    private func answer(to error: any Error, _ owner: (any RunServerRoutes)?) -> Response {
        if !(error is ServerFault) { logger.notice("\(error)") }
        var response = owner?.response(to: error) ?? Self.plain(error)
        if response.status == .unauthorized { response.headers[.wwwAuthenticate] = "Basic realm=\"runwatch\"" }
        return response
    }

    private static func plain(_ error: any Error) -> Response {
        guard let fault = error as? ServerFault else {
            return .text("The server failed; its log says why.\n", status: .internalServerError)
        }
        return .text(fault.message + "\n", status: fault.status)
    }
}
