import Foundation
import HTTPTransport
import RunModel
import RunServices

/// The identity that Azure gives to a machine, or to what runs on it.
struct ManagedIdentity: TokenOrigin {
    private let service: ManagedIdentityService
    private let resource: String
    private let client: String?
    private let clock: @Sendable () -> Timestamp

    /// Nil where nothing says that there is one.
    init?(_ environment: AzureEnvironment, resource: String, clock: @escaping @Sendable () -> Timestamp) {
        guard let service = ManagedIdentityService(environment) else { return nil }
        self.service = service
        self.resource = resource
        self.clock = clock
        client = environment["AZURE_CLIENT_ID"] ?? environment["DEFAULT_IDENTITY_CLIENT_ID"]
    }

    var name: String { "the managed identity" }
    var remedy: String { "give the managed identity of this machine a role in the workspace" }

    func fetch() async throws(RunServiceError) -> AccessToken? {
        var options = HTTPTransportOptions(
            // Never by a proxy: it would answer with its own identity.
            address: try service.address, serverName: "The identity service of this machine")
        options.connectDeadline = service.isGuessed ? 500 : 2_000
        let transport = try HTTPTransport(options)
        let answer: HTTPAnswer
        do throws(RunServiceError) {
            answer = try await transport.send(service.call(for: resource, client: client))
        } catch {
            // A machine that only looks like one of Azure's.
            if service.isGuessed, error.mayPass { return nil }
            throw error
        }
        let content = TokenAnswer(answer.body, at: clock())
        if let token = content.token, answer.isSuccess { return token }
        // None was given to this machine, or not the one that is asked for.
        if answer.status == 400, service.isGuessed, client == nil { return nil }
        if answer.isSuccess { throw transport.fault.unreadable(answer, "there is no `access_token` in it") }
        guard let words = content.words ?? content.error, answer.status < 500, answer.status != 429 else {
            throw transport.fault.sentence(for: answer)
        }
        let advice = client == nil ? "assign one to it" : "check AZURE_CLIENT_ID"
        throw RunServiceError(
            .unauthorized, "\(transport.fault.server) has no such identity; \(advice).",
            underlying: TokenText.shown(TokenText.firstLine(words), without: [service.secret].compactMap(\.self)))
    }
}

/// Where a machine asks for its identity's tokens, and how.
enum ManagedIdentityService: Equatable, Sendable {
    /// App Service, Functions, Container Apps.
    case application(url: String, secret: String)
    /// Azure ML's compute.
    case compute(url: String, secret: String)
    /// Cloud Shell.
    case shell(url: String)
    /// Virtual machines and what runs on them (instance metadata).
    case machine(url: String, isGuessed: Bool)

    /// The same on every machine of Azure's; routers do not pass it on.
    private static let metadata = "http://169.254.169.254"

    init?(_ environment: AzureEnvironment) {
        if let url = environment["IDENTITY_ENDPOINT"], let secret = environment["IDENTITY_HEADER"] {
            self = .application(url: url, secret: secret)
        } else if let url = environment["MSI_ENDPOINT"] {
            self = environment["MSI_SECRET"].map { .compute(url: url, secret: $0) } ?? .shell(url: url)
        } else if let url = environment["AZURE_POD_IDENTITY_AUTHORITY_HOST"] {
            self = .machine(url: url, isGuessed: false)
        } else if AzureMachine.isHere {
            self = .machine(url: Self.metadata, isGuessed: true)
        } else {
            return nil
        }
    }

    /// Throws `invalid` for none.
    var address: HTTPAddress {
        get throws(RunServiceError) {
            switch self {
            case .application(let url, _), .compute(let url, _), .shell(let url): return try HTTPAddress(url)
            case .machine(let url, _):
                var address = try HTTPAddress(url)
                address.path += "/metadata/identity/oauth2/token"
                return address
            }
        }
    }

    /// Whether nobody said that it is there.
    var isGuessed: Bool {
        if case .machine(_, let isGuessed) = self { isGuessed } else { false }
    }

    var secret: String? {
        switch self {
        case .application(_, let secret), .compute(_, let secret): secret
        case .shell, .machine: nil
        }
    }

    func call(for resource: String, client: String?) -> HTTPCall {
        var call = HTTPCall(.get, "")
        switch self {
        case .application(_, let secret):
            call.query = [("api-version", "2019-08-01"), ("resource", resource)] + named("client_id", client)
            call.headers = [("X-IDENTITY-HEADER", secret)]
        case .compute(_, let secret):
            call.query = [("api-version", "2017-09-01"), ("resource", resource)] + named("clientid", client)
            call.headers = [("secret", secret)]
        case .shell:
            call = HTTPCall(.post, "", isRepeatable: true)
            call.headers = [("Metadata", "true"), ("Content-Type", "application/x-www-form-urlencoded")]
            call.body = Array("resource=\(HTTPTransport.escaped(resource))".utf8)
        case .machine:
            call.query = [("api-version", "2018-02-01"), ("resource", resource)] + named("client_id", client)
            call.headers = [("Metadata", "true")]
        }
        call.bodyLimit = 1 << 20
        return call
    }

    private func named(_ name: String, _ value: String?) -> [(String, String)] { value.map { [(name, $0)] } ?? [] }
}
