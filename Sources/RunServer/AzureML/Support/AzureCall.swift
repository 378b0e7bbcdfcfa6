import AzureMLWire
import FileAccess
import Foundation
import HTTPTypes
import Hummingbird
import RunModel
import RunServices

/// A request of these protocols with the parts of its path taken out of their encoding.
struct AzureCall: Sendable {
    let request: Request
    private let parameters: Parameters

    init(_ request: Request, _ context: ServerContext) {
        self.request = request
        parameters = context.parameters
    }

    /// A part of the path; empty where the path has none of that name.
    subscript(name: String) -> String { parameters.get(name).map { PercentEncoding.decoded($0) } ?? "" }

    /// What the end of the path names: clients encode the slashes within, or do not.
    var rest: String {
        parameters.getCatchAll().map { PercentEncoding.decoded($0) }.joined(separator: "/")
            .split(separator: "/", omittingEmptySubsequences: true).joined(separator: "/")
    }

    /// Of the path.
    var run: RunID { RunID(self["run"]) }

    /// Of the path, by name or by id; nil where the path names a run alone.
    var experiment: ExperimentReference? {
        if parameters.has("experiment") { return .name(self["experiment"]) }
        return parameters.has("experimentID") ? .id(ExperimentID(self["experimentID"])) : nil
    }

    /// The workspace that the client believes to be in. There is one store, so that every name means it.
    var scope: AzureScope {
        AzureScope(subscription: self["subscription"], group: self["group"], workspace: self["workspace"])
    }

    /// The value of a part of the query, whose names these clients write with `$` or without, in any letter case.
    func query(_ name: String) -> String? {
        request.queryItems.first { item in
            (item.name.hasPrefix("$") ? item.name.dropFirst() : item.name[...]).lowercased() == name.lowercased()
        }?.value
    }

    /// The body, understood. Throws `invalid` for one that is not.
    func body<Body: Decodable>(_ type: Body.Type = Body.self) async throws -> Body {
        let buffer = try await request.wholeBody()
        return try AzureCoding.decoded(type, from: Array(buffer.readableBytesView))
    }

    /// The secret that the client named, without the clothes that its library wants it to wear; nil for none.
    var token: String? { bearer.map { AzureToken.secret(in: $0) } }

    /// Who the client says that it works for; empty where it does not say.
    var user: String { bearer.flatMap { AzureToken.user(in: $0) } ?? "" }

    /// Whether the client knows where our addresses of blobs lead.
    var usesHelper: Bool {
        (request.headers[.userAgent] ?? "").contains(AzurePythonHelper.userAgent)
            || bearer.map { AzureToken.usesHelper($0) } ?? false
    }

    private var bearer: Substring? {
        guard let header = request.headers[.authorization], header.lowercased().hasPrefix("bearer ") else { return nil }
        return header.dropFirst("bearer ".count)
    }
}

/// A workspace's place at the resource manager.
struct AzureScope: Sendable, Equatable {
    var subscription: String
    var group: String
    var workspace: String

    /// As it is written in URLs.
    var path: String {
        "/subscriptions/\(subscription)/resourceGroups/\(group)/providers/Microsoft.MachineLearningServices/workspaces/"
            + workspace
    }
}
