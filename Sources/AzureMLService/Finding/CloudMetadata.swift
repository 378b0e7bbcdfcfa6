import AzureMLWire
import Foundation
import HTTPTransport
import RunServices

/// What a resource manager tells of its cloud, to everybody.
struct CloudMetadata: Equatable {
    /// Where people and programs log in.
    let authority: HTTPAddress

    /// Asks for it, without a token.
    init(of cloud: AzureCloud, by network: AzureMLNetwork) async throws(RunServiceError) {
        let transport = try network.transport(to: cloud.resourceManager, named: "Azure's resource manager")
        var call = HTTPCall(.get, "/metadata/endpoints")
        call.query = [("api-version", "2015-01-01")]
        let answer = try await transport.send(call)
        guard answer.isSuccess else { throw transport.fault.sentence(for: answer) }
        guard let found = CloudMetadata(answer.body) else {
            throw transport.fault.unreadable(answer, "there is no `loginEndpoint` in it")
        }
        self = found
    }

    /// From an answer in the old form, one cloud, or the new one, a list of them.
    init?(_ body: [UInt8]) {
        guard let json = try? JSONDecoder().decode(AzureJSON.self, from: Data(body)) else { return nil }
        let cloud = json.items?.first ?? json
        guard let text = cloud["authentication"]?["loginEndpoint"]?.text, let address = try? HTTPAddress(text),
            address.keepsSecrets
        else { return nil }
        authority = address
    }
}
