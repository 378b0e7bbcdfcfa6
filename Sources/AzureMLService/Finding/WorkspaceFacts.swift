import AzureMLWire
import Foundation
import HTTPTransport

/// What Azure tells about a workspace, as far as finding its services needs it.
package struct WorkspaceFacts: Equatable, Sendable {
    /// Answers where the services are.
    package var discoveryURL: String?
    /// Stays when the workspace is renamed.
    package var workspaceID: String?
    /// The organisation whose people may log in.
    package var tenant: String?

    /// Nothing is known.
    package init() {}

    /// From the answer of a resource manager or of a workspace's own host; nil when it is about something else.
    package init?(_ body: [UInt8]) {
        guard let json = try? JSONDecoder().decode(AzureJSON.self, from: Data(body)),
            // The second form has them at the top.
            let properties = json["properties"]?.members.map(AzureJSON.object) ?? json.members.map(AzureJSON.object)
        else { return nil }
        discoveryURL = properties["discoveryUrl"]?.text
        workspaceID = properties["workspaceId"]?.text
        tenant = [properties["tenantId"], json["identity"]?["tenantId"]].compactMap { $0?.text }.first
    }
}

/// Where discovery is, taken apart.
struct DiscoveryPlace: Equatable {
    /// Without the path.
    var server: HTTPAddress
    /// Percent-encoded.
    var path: String
    /// Names and values, not percent-encoded.
    var query: [(String, String)]

    /// Nil for what is no address, or one that others could answer for.
    init?(_ text: String) {
        guard var address = try? HTTPAddress(text), address.keepsSecrets, !address.hasUserInfo else { return nil }
        path = address.path
        address.path = ""
        server = address
        query = (URLComponents(string: text)?.queryItems ?? []).prefix(20).map { ($0.name, $0.value ?? "") }
    }

    static func == (left: DiscoveryPlace, right: DiscoveryPlace) -> Bool {
        left.server == right.server && left.path == right.path && left.query.elementsEqual(right.query, by: ==)
    }
}

/// The addresses in an answer of discovery.
package struct DiscoveredServices: Equatable, Sendable {
    /// By the names that discovery has for them.
    let addresses: [String: HTTPAddress]

    /// As many as any cloud has, and some.
    private static let most = 100

    /// Without those that are no addresses, or where a token could be read on the way; nil without run history.
    package init?(_ body: [UInt8]) {
        guard let members = try? JSONDecoder().decode(AzureJSON.self, from: Data(body)).members,
            members.count <= Self.most
        else { return nil }
        self.init(members.compactMapValues(\.text))
    }

    /// The same of texts that were kept.
    init?(_ texts: [String: String]) {
        addresses = texts.compactMapValues { text in
            guard let address = try? HTTPAddress(text), address.keepsSecrets, !address.hasUserInfo else { return nil }
            return address
        }
        if addresses["history"] == nil { return nil }
    }
}
