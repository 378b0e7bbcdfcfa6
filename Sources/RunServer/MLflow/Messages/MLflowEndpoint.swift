import HTTPTypes
import Hummingbird

/// One endpoint of MLflow's protocol: where it is, what it takes, and what it does.
struct MLflowEndpoint: Sendable {
    typealias Handler = @Sendable (Message, MLflowCall) async throws -> Response

    let method: HTTPRequest.Method
    /// Below `/api/2.0/mlflow/`; a part that begins with `:` stands for anything.
    let path: String
    let fields: [MessageField]
    let handler: Handler

    static func get(_ path: String, _ fields: [MessageField], _ handler: @escaping Handler) -> MLflowEndpoint {
        MLflowEndpoint(method: .get, path: path, fields: fields, handler: handler)
    }

    static func post(_ path: String, _ fields: [MessageField], _ handler: @escaping Handler) -> MLflowEndpoint {
        MLflowEndpoint(method: .post, path: path, fields: fields, handler: handler)
    }

    func answer(_ request: Request, _ context: ServerContext) async throws -> Response {
        let call = MLflowCall(request: request, context: context)
        return try await handler(try await call.message(fields), call)
    }
}

/// A request on its way to a handler.
struct MLflowCall: Sendable {
    let request: Request
    let context: ServerContext

    /// What stands in the path for `:name`.
    func parameter(_ name: String) -> String {
        FormEncoding.decodedPath(context.parameters.get(name) ?? "")
    }

    /// The request as a message: the query of a GET that has one, else the JSON of the body.
    func message(_ fields: [MessageField]) async throws -> Message {
        let query = request.queryItems
        if request.method == .get || request.method == .head {
            return try Message(query.isEmpty ? JSONObject() : Self.object(query, fields), fields)
        }
        return try Message(try await body(fields), fields)
    }

    private static func object(_ query: [(name: String, value: String)], _ fields: [MessageField]) -> JSONObject {
        var object = JSONObject()
        for name in fields.map(\.name) + ["run_uuid"] {
            let values = query.filter { $0.name == name }.map { JSONValue.text($0.value) }
            guard let first = values.first else { continue }
            if case .texts? = fields.first(where: { $0.name == name })?.kind {
                object.append(name, .array(values))
            } else {
                object.append(name, first)
            }
        }
        return object
    }

    private func body(_ fields: [MessageField]) async throws -> JSONObject {
        if request.method == .post || request.method == .put {
            guard let type = request.headers[.contentType] else {
                throw MLflowFault.invalid("Bad Request. Content-Type header is missing.")
            }
            guard type.prefix(while: { $0 != ";" }) == "application/json" else {
                throw MLflowFault.invalid("Bad Request. Content-Type must be one of ['application/json'].")
            }
        }
        let bytes = try await request.wholeBody()
        if bytes.readableBytes == 0 { return JSONObject() }
        var value = bytes.withUnsafeReadableBytes { JSONValueReader.value(of: $0.bindMemory(to: UInt8.self)) }
        // Old clients encode twice.
        if let text = value?.text {
            value = Array(text.utf8).withUnsafeBufferPointer { JSONValueReader.value(of: $0) }
        }
        if let object = value?.object { return object }
        // MLflow takes what it cannot read for nothing; where nothing is asked for, that would be done.
        _ = try Message(JSONObject(), fields)
        throw MLflowFault(.badRequest, "The body is no JSON object; send one with the endpoint's parameters.")
    }
}
