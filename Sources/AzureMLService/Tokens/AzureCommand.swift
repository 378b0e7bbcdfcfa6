import AzureMLWire
import Foundation
import QuietPrograms
import RunModel
import RunServices
import Synchronization

/// Azure's command line, `az`, which a person has logged in with.
final class AzureCommand: TokenOrigin {
    private let environment: AzureEnvironment
    private let subscription: String
    private let resource: String
    private let deadline: Duration
    private let memory: Mutex<Memory>

    private struct Memory {
        /// The organisation that `az login` must be given.
        var tenant: String?
        /// `az` knows no such subscription, but may be logged in to its organisation all the same.
        var isSubscriptionUnknown = false
    }

    /// - Parameter deadline: `az` takes seconds to start, and on a slow disk ten of them.
    init(_ environment: AzureEnvironment, subscription: String, resource: String, deadline: Duration = .seconds(40)) {
        self.environment = environment
        self.subscription = subscription
        self.resource = resource
        self.deadline = deadline
        memory = Mutex(Memory(tenant: environment["AZURE_TENANT_ID"].flatMap { TenantName.isSafe($0) ? $0 : nil }))
    }

    let name = "az"

    var remedy: String {
        "run `az login\(memory.withLock { $0.tenant }.map { " --tenant " + $0 } ?? "")`"
    }

    func fetch() async throws(RunServiceError) -> AccessToken? {
        guard let program = ProgramPath.find("az", in: environment["PATH"]) else { return nil }
        let isUnknown = memory.withLock { $0.isSubscriptionUnknown }
        if !isUnknown, environment["AZURE_TENANT_ID"] == nil {
            let result = try await call(program, ["--subscription", subscription])
            guard result.isUnknownSubscription else { return try token(from: result) }
            memory.withLock { $0.isSubscriptionUnknown = true }
        }
        // The tenant that was asked for; else the account in use, and the service will say whether it is the right one.
        let tenant = environment["AZURE_TENANT_ID"].map { ["--tenant", $0] } ?? []
        return try token(from: try await call(program, tenant))
    }

    private func call(_ program: String, _ choice: [String]) async throws(RunServiceError) -> QuietProgram.Answer {
        var variables = environment.all
        variables["AZURE_CORE_NO_COLOR"] = "true"
        variables["AZURE_CORE_ONLY_SHOW_ERRORS"] = "true"
        let arguments = ["account", "get-access-token", "--output", "json", "--resource", resource] + choice
        switch await QuietProgram.run(program, arguments, variables, deadline: deadline) {
        case .answered(let answer): return answer
        case .notStarted(let reason):
            throw RunServiceError(
                .unauthorized, "`az` can't be started; check \(Shown.path(program)).", underlying: reason)
        case .late:
            throw RunServiceError(
                .timedOut,
                "`az account get-access-token` did not answer within \(deadline.components.seconds) s; try it by hand.")
        }
    }

    private func token(from result: QuietProgram.Answer) throws(RunServiceError) -> AccessToken {
        let json = try? JSONDecoder().decode(AzureJSON.self, from: Data(result.output.utf8))
        guard result.isSuccess, let text = json?["accessToken"]?.text, !text.isEmpty else { throw refusal(result) }
        let claims = TokenClaims(of: text)
        if let tenant = json?["tenant"]?.text ?? claims.tenant, TenantName.isSafe(tenant) {
            memory.withLock { $0.tenant = tenant }
        }
        return AccessToken(text, expiresAt: TokenClaims.moment(json?["expires_on"]) ?? claims.end)
    }

    private func refusal(_ result: QuietProgram.Answer) -> RunServiceError {
        let words = TokenText.shown(result.complaint)
        let said = words.isEmpty ? "" : ": \(words)"
        // Its own sentence often ends with one.
        let stop = said.hasSuffix(".") || said.hasSuffix("…") ? "" : "."
        return RunServiceError(
            .unauthorized, "`az` gives no token\(said)\(stop) To log in again, \(remedy).")
    }
}

extension QuietProgram.Answer {
    /// What `az` says of a subscription that its accounts do not have.
    fileprivate var isUnknownSubscription: Bool {
        !isSuccess && errors.contains("Subscription") && errors.contains("not found")
    }

    /// The line that says what is wrong, without `ERROR:`; warnings and traces stand before it.
    fileprivate var complaint: String {
        let lines = errors.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty && !$0.hasPrefix("WARNING:") }
        let line = lines.first { $0.hasPrefix("ERROR:") } ?? lines.last ?? ""
        return line.hasPrefix("ERROR:") ? String(line.dropFirst(6)).trimmingCharacters(in: .whitespaces) : line
    }
}
