import AzureMLWire
import Hummingbird
import RunServices

extension AzureMLRoutes {
    /// Where everything is: the first things that a client asks for.
    func addWorkspace(to router: Router<ServerContext>, _ scope: String) {
        router.group().add(.get, "discovery") { call in
            AzureCoding.answer(DiscoveryAnswer(everythingAt: try address(for: call)))
        }
        for prefix in ["", "rp/workspaces/"] {
            router.group().add(.get, "\(prefix)\(scope)") { call in AzureCoding.answer(try workspace(for: call)) }
        }
    }

    /// As the client reached this server. Throws `invalid` for a client that does not say.
    func address(for call: AzureCall) throws(RunServiceError) -> String {
        guard let address = call.request.ownAddress(isSecure: isSecure) else {
            throw RunServiceError(.invalid, "The request has no Host header; send one.")
        }
        return address
    }

    private func workspace(for call: AzureCall) throws(RunServiceError) -> WorkspaceResource {
        let address = try address(for: call)
        let scope = call.scope
        return WorkspaceResource(
            id: scope.path, name: scope.workspace,
            properties: WorkspaceResource.Properties(
                workspaceId: Self.workspaceID(of: scope, at: address), discoveryUrl: "\(address)/discovery",
                mlFlowTrackingUri: "azureml\(address.drop { $0 != ":" })/mlflow/v1.0\(scope.path)",
                friendlyName: scope.workspace))
    }

    /// The same for the same workspace at the same address, and shaped like a UUID: clients keep what they learned of a
    /// workspace under it.
    static func workspaceID(of scope: AzureScope, at address: String) -> String {
        // FNV-1a, twice from different starts; nothing is to be kept secret.
        let halves = [UInt64(0xcbf2_9ce4_8422_2325), 0x9e37_79b9_7f4a_7c15].map { start in
            "\(address)\(scope.path)".utf8.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        }
        let digits = halves.map { half in
            let text = String(half, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
        var parts: [Substring] = []
        var rest = digits[...]
        for length in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return parts.joined(separator: "-")
    }
}
