import FileAccess
import Foundation
import Glibc
import HTTPTransport
import RunModel
import RunServices

/// A program's own login: an application, and something that proves that we are it.
struct ServicePrincipal: TokenOrigin {
    /// What proves it.
    enum Proof: Sendable {
        case secret(String)
        /// The path of a PEM file.
        case certificate(String)
        /// The path of a file with a token of another issuer's, which is written anew again and again.
        case federated(String)
    }

    private let tenant: String
    private let client: String
    private let proof: Proof
    private let cloud: AzureCloud
    private let network: AzureMLNetwork
    private let clock: @Sendable () -> Timestamp
    /// The authority's certificate chain is to be checked by name, as some organisations set it up.
    private let sendsChain: Bool

    /// Nil where the variables name no such login.
    init?(
        _ environment: AzureEnvironment, cloud: AzureCloud, network: AzureMLNetwork,
        clock: @escaping @Sendable () -> Timestamp
    ) {
        guard let tenant = environment["AZURE_TENANT_ID"], let client = environment["AZURE_CLIENT_ID"] else {
            return nil
        }
        if let secret = environment["AZURE_CLIENT_SECRET"] {
            proof = .secret(secret)
        } else if let path = environment["AZURE_CLIENT_CERTIFICATE_PATH"] {
            proof = .certificate(environment.path(path))
        } else if let path = environment["AZURE_FEDERATED_TOKEN_FILE"] {
            proof = .federated(environment.path(path))
        } else {
            return nil
        }
        (self.tenant, self.client, self.cloud, self.network, self.clock) = (tenant, client, cloud, network, clock)
        sendsChain = ["true", "1"].contains(environment["AZURE_CLIENT_SEND_CERTIFICATE_CHAIN"]?.lowercased())
    }

    var name: String {
        switch proof {
        case .secret: "the service principal in AZURE_CLIENT_ID"
        case .certificate: "the service principal with AZURE_CLIENT_CERTIFICATE_PATH"
        case .federated: "the workload identity in AZURE_FEDERATED_TOKEN_FILE"
        }
    }

    var remedy: String {
        switch proof {
        case .secret: "check AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET"
        case .certificate: "check AZURE_TENANT_ID, AZURE_CLIENT_ID and the certificate"
        case .federated: "check AZURE_TENANT_ID, AZURE_CLIENT_ID and the federation of the identity"
        }
    }

    func fetch() async throws(RunServiceError) -> AccessToken? {
        let authority: HTTPAddress
        if let known = cloud.authority {
            authority = known
        } else {
            authority = try await CloudMetadata(of: cloud, by: network).authority
        }
        let path = "/\(HTTPTransport.escaped(tenant))/oauth2/v2.0/token"
        let transport = try network.transport(to: authority, named: "Microsoft Entra")
        let resource = cloud.resource
        var form = [
            ("grant_type", "client_credentials"), ("client_id", client),
            ("scope", (resource.hasSuffix("/") ? String(resource.dropLast()) : resource) + "/.default"),
        ]
        let evidence = try evidence(for: authority.text + path)
        form += evidence.form
        var call = HTTPCall(.post, path, isRepeatable: true)
        call.headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json")]
        call.body = Self.encoded(form)
        call.deadline = max(10_000, network.patience)
        call.bodyLimit = 1 << 20
        let answer = try await transport.send(call)
        let content = TokenAnswer(answer.body, at: clock())
        if answer.isSuccess {
            guard let token = content.token else {
                throw transport.fault.unreadable(answer, "there is no `access_token` in it")
            }
            return token
        }
        guard content.error != nil, answer.status < 500, answer.status != 429 else {
            throw transport.fault.sentence(for: answer)
        }
        let words = TokenText.shown(TokenText.firstLine(content.words ?? ""), without: [evidence.secret])
        let isClock = words.contains("AADSTS700024")
        throw RunServiceError(
            .unauthorized,
            "\(transport.fault.server) does not accept \(name); "
                + (isClock ? "check the clock of this machine" : remedy) + ".", underlying: words)
    }

    private func evidence(
        for endpoint: String
    ) throws(RunServiceError) -> (form: [(String, String)], secret: String) {
        let assertion: String
        switch proof {
        case .secret(let secret): return ([("client_secret", secret)], secret)
        case .certificate(let path):
            assertion = try ClientCertificate(path: path, sendsChain: sendsChain)
                .assertion(by: client, for: endpoint, at: clock())
        case .federated(let path): assertion = try Self.federatedToken(path)
        }
        let type = ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        return ([type, ("client_assertion", assertion)], assertion)
    }

    /// Read each time: who issued it replaces it long before it ends.
    private static func federatedToken(_ path: String) throws(RunServiceError) -> String {
        let text = CredentialFile.text(path)?.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let text, !text.isEmpty else {
            throw RunServiceError(
                .unauthorized,
                "No token could be read from \(Shown.path(path)), which AZURE_FEDERATED_TOKEN_FILE names.")
        }
        return text
    }

    private static func encoded(_ form: [(String, String)]) -> [UInt8] {
        Array(form.map { "\($0.0)=\(HTTPTransport.escaped($0.1))" }.joined(separator: "&").utf8)
    }
}

/// A file with something of a login in it.
enum CredentialFile {
    /// Bytes; certificates with their chains have some thousands.
    private static let sizeLimit = 1 << 20

    /// Nil, with errno set, when it cannot be read. It may be a link, as Kubernetes makes them.
    static func text(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return FileAccess.contents(String(cString: real), limit: sizeLimit).map { String(decoding: $0, as: UTF8.self) }
    }
}
