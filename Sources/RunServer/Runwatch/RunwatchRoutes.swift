import Foundation
package import HTTPTypes
package import Hummingbird
package import RunServices

/// The calls of a run service, for other runwatches: `exec` on another machine, and its dashboards.
package struct RunwatchRoutes: RunServerRoutes {
    private let service: any SupervisedRunService

    /// All of `service` is served.
    package init(service: any SupervisedRunService) { self.service = service }

    /// Below MLflow's `/api/`, so these routes are to be asked first.
    package func owns(_ path: Substring) -> Bool { path.hasPrefix(RemoteCall.path) }

    /// As each call says.
    package func isReading(_ method: HTTPRequest.Method, _ path: Substring) -> Bool {
        RemoteCall.Name(rawValue: String(path.dropFirst(RemoteCall.path.count)))?.isReading ?? false
    }

    /// One path for each call.
    package func add(to router: Router<ServerContext>) {
        for name in RemoteCall.Name.allCases {
            router.post(RouterPath(RemoteCall.path + name.rawValue)) { request, _ -> Response in
                let body = try await request.wholeBody()
                return .json(try await answer(to: name, Data(body.readableBytesView)))
            }
        }
    }

    /// The error as it was thrown, so that the other end throws the same.
    package func response(to error: any Error) -> Response {
        let (told, status) = Self.told(error)
        let body = (try? JSONEncoder().encode(told)) ?? Data()
        return .json(Array(body), status: status)
    }

    private static func told(_ error: any Error) -> (RunServiceError, HTTPResponse.Status) {
        switch error {
        case let error as RunServiceError: (error, MLflowFault(error).response.status)
        case let fault as ServerFault: (RunServiceError(fault), fault.status)
        case is DecodingError:
            (
                RunServiceError(
                    .invalid, "The request is not what this server takes; use the same version at both ends."),
                .badRequest
            )
        default: (RunServiceError(.unexpectedResponse, "The server failed; its log says why."), .internalServerError)
        }
    }

    private func answer(to name: RemoteCall.Name, _ body: Data) async throws -> [UInt8] {
        func asked<Request: Decodable>(_ type: Request.Type = Request.self) throws -> Request {
            try JSONDecoder().decode(type, from: body)
        }
        switch name {
        case .experiments: return try Self.told(try await service.experiments())
        case .runs: return try Self.told(try await service.runs(asked()))
        case .details: return try Self.told(try await service.details(of: asked()))
        case .createRuns: return try Self.told(try await service.createRuns(asked()))
        case .heartbeat: return try Self.told(try await service.heartbeat(of: asked()))
        case .inspect:
            let call = try asked(RemoteCall.Inspection.self)
            return try Self.told(try await service.inspect(call.ids, activeDescendants: call.activeDescendants))
        case .metricSeries:
            let call = try asked(RemoteCall.Samples.self)
            return try Self.told(try await service.metricSeries(for: call.keys, maxPoints: call.maxPoints))
        case .changes:
            let call = try asked(RemoteCall.ChangeQuestion.self)
            return try Self.told(
                try await service.changes(in: call.scope, since: call.cursor, pageSize: call.pageSize))
        case .edit:
            let call = try asked(RemoteCall.Editing.self)
            return try Self.told(try await service.edit(call.id, call.edit))
        case .cancel:
            let call = try asked(RemoteCall.Cancelling.self)
            return try Self.told(try await service.cancel(call.id, includingDescendants: call.includingDescendants))
        case .artifacts:
            let call = try asked(RemoteCall.Folder.self)
            return try Self.told(try await service.artifacts(in: call.folder, of: call.id, after: call.next))
        case .attach:
            let call = try asked(RemoteCall.Attachment.self)
            try await service.attach(call.supervisor, to: call.id)
            return try Self.told(RemoteCall.Nothing())
        case .detach:
            let call = try asked(RemoteCall.Detachment.self)
            return try Self.told(
                try await service.detach(from: call.id, exit: call.exit, applying: call.transition))
        case .readLog:
            let call = try asked(RemoteCall.Reading.self)
            let length = min(max(0, call.length), Self.longestPiece)
            let chunk = try await service.readLog(call.name, of: call.id, offset: call.offset, length: length)
            return try Self.told(
                RemoteCall.Piece(offset: chunk.offset, bytes: RemoteBytes(chunk.bytes), size: chunk.size))
        case .appendLog:
            let call = try asked(RemoteCall.Appending.self)
            try await service.appendLog(call.bytes.bytes, named: call.name, of: call.id)
            return try Self.told(RemoteCall.Nothing())
        case .deletedRuns: return try Self.told(try await service.deletedRuns(after: asked()))
        case .deleteRun:
            try await service.deleteRun(asked())
            return try Self.told(RemoteCall.Nothing())
        case .restoreRun:
            try await service.restoreRun(asked())
            return try Self.told(RemoteCall.Nothing())
        case .purgeRun:
            try await service.purgeRun(asked())
            return try Self.told(RemoteCall.Nothing())
        case .publishLogs:
            let call = try asked(RemoteCall.Publishing.self)
            return try Self.told(try await service.publishLogs(of: call.id, isFinal: call.isFinal))
        }
    }

    /// Bytes of a log in one answer.
    private static let longestPiece = 4 << 20

    private static func told(_ answer: some Encodable) throws -> [UInt8] { Array(try JSONEncoder().encode(answer)) }
}

extension RunServiceError {
    fileprivate init(_ fault: ServerFault) {
        let code: Code =
            switch fault {
            case .unauthorized: .unauthorized
            case .readOnlyToken, .foreignHost, .foreignOrigin: .forbidden
            case .tooLarge, .truncated, .wrongMethod: .invalid
            case .tooSlow: .timedOut
            case .unknownEndpoint: .unsupported
            case .diskFull: .storageFull
            }
        self.init(code, fault.message)
    }
}
