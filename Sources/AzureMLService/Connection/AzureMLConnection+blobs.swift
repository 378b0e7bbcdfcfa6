import Foundation
import HTTPTransport
import RunServices

extension AzureMLConnection {
    /// Reads a part of a file at an address that needs no token, and is sent none. The address holds a signature, so neither
    /// it nor anything that its host says is in an error.
    /// - Parameter range: as HTTP writes it: `bytes=0-99`.
    func blob(at address: String, range: String) async throws(RunServiceError) -> HTTPAnswer {
        var call = try await blobCall(.get, address)
        call.call.headers = [("Range", range)]
        call.call.deadline = HTTPCall.listDeadline
        return try await exchange(call.call, at: call.host)
    }

    private func exchange(_ call: HTTPCall, at host: HTTPAddress) async throws(RunServiceError) -> HTTPAnswer {
        let transport = try transport(to: host, named: "The workspace's storage")
        do throws(RunServiceError) {
            let answer = try await transport.send(call)
            meter(answer.body.count)
            return answer
        } catch {
            throw RunServiceError(error.code, error.message)
        }
    }

    private func blobCall(
        _ method: HTTPCall.Method, _ address: String
    ) async throws(RunServiceError) -> (call: HTTPCall, host: HTTPAddress) {
        guard let parts = URLComponents(string: address), var host = try? HTTPAddress(address), !host.hasUserInfo else {
            throw RunServiceError(.unexpectedResponse, "The workspace tells no usable address of this file.")
        }
        let base = try await endpoints().services["history"]
        if base?.isSecure == true && !host.isSecure {
            throw RunServiceError(
                .unexpectedResponse, "The workspace tells an address of this file that is not protected by TLS.")
        }
        host.path = ""
        var call = HTTPCall(method, parts.percentEncodedPath)
        call.query = (parts.queryItems ?? []).map { ($0.name, $0.value ?? "") }
        return (call, host)
    }
}
