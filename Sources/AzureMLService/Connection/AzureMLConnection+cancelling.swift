import Foundation
import HTTPTransport
import RunServices

extension AzureMLConnection {
    /// Posts nothing, with a token, to an address that a run names; false, and nothing is sent, for a host that is none of
    /// the workspace's services.
    func post(to address: String) async throws(RunServiceError) -> Bool {
        let services = try await endpoints().services.values
        guard let parts = URLComponents(string: address), var target = try? HTTPAddress(address), !target.hasUserInfo,
            services.contains(where: {
                $0.host == target.host && $0.port == target.port && $0.isSecure == target.isSecure
            })
        else { return false }
        target.path = ""
        var call = HTTPCall(.post, parts.percentEncodedPath, isRepeatable: true)
        call.query = (parts.queryItems ?? []).map { ($0.name, $0.value ?? "") }
        _ = try await send(call, to: target)
        return true
    }
}
