import RunModel
package import RunServices
import Synchronization

/// Keeps a token and renews it before it ends, by the first of several ways that there is.
package final class AzureTokens: TokenSource {
    private let origins: [any TokenOrigin]
    private let clock: @Sendable () -> Timestamp
    private let state = Mutex(State())
    private let attempt = SharedAttempt<AccessToken>()

    private struct State {
        var held: HeldToken?
        /// The way that gave a token; from then on it is the only one.
        var chosen: Int?
        /// Why there was none, and when: several questions at once must not each wait for the same refusal.
        var refusal: (error: RunServiceError, moment: Timestamp)?
    }

    /// Milliseconds for which a refusal answers further questions.
    private static let refusalLasts: Int64 = 1_000

    /// - Parameter origins: in the order in which they are tried.
    init(_ origins: [any TokenOrigin], clock: @escaping @Sendable () -> Timestamp) {
        self.origins = origins
        self.clock = clock
    }

    /// The way in use; before one is, the first.
    private var current: (any TokenOrigin)? { origins[safely: state.withLock { $0.chosen } ?? 0] }

    /// Of the way in use; before one is, of the first.
    package var name: String { current?.name ?? "nowhere" }
    /// Of the way in use.
    package var remedy: String { current?.remedy ?? Self.advice }
    /// The end of the token, once a renewal has failed or brought the same one shortly before it.
    package var expiry: CredentialExpiry? {
        state.withLock(\.held)?.lastEnd.map { CredentialExpiry(moment: $0, remedy: remedy) }
    }

    /// The token in hand as long as it serves, which is renewed behind the caller's back; else a new one.
    package func token(rejecting rejected: AccessToken?) async throws(RunServiceError) -> AccessToken {
        let now = clock()
        let (held, refusal) = state.withLock { ($0.held, $0.refusal) }
        if let held, held.token != rejected, !held.isOver(at: now) {
            // It still serves; a slow renewal, as of `az`, holds nobody up.
            if held.isDue(at: now) { Task { try? await renew(held.token, isForced: false) } }
            return held.token
        }
        if let refusal, (0..<Self.refusalLasts).contains(now.milliseconds(since: refusal.moment)) {
            throw refusal.error
        }
        return try await renew(held?.token, isForced: true)
    }

    /// - Parameters:
    ///   - seen: the token that the caller knows; where another is held by now, somebody else's attempt has just ended.
    ///   - isForced: the token does not serve, even if no other one is due.
    @discardableResult
    private func renew(_ seen: AccessToken?, isForced: Bool) async throws(RunServiceError) -> AccessToken {
        try await attempt.run { () throws(RunServiceError) in
            let begin = self.clock()
            if let held = self.state.withLock({ $0.held }), !held.isOver(at: begin),
                held.token != seen || !(isForced || held.isDue(at: begin))
            {
                return held.token
            }
            do throws(RunServiceError) {
                let (index, token) = try await self.fetch()
                let now = self.clock()
                self.state.withLock { state in
                    state.held = HeldToken(token, at: now, after: state.held)
                    state.chosen = index
                    state.refusal = nil
                }
                return token
            } catch {
                let now = self.clock()
                self.state.withLock { state in
                    state.held?.renewalFailed(at: now)
                    state.refusal = (error, now)
                }
                throw error
            }
        }
    }

    private func fetch() async throws(RunServiceError) -> (Int, AccessToken) {
        let chosen = state.withLock { $0.chosen }
        for (index, origin) in origins.enumerated() where chosen == nil || index == chosen {
            if let token = try await origin.fetch() { return (index, token) }
        }
        throw RunServiceError(.unauthorized, "There is no login for Azure here; \(Self.advice).")
    }

    private static let advice =
        "run `az login`, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET of a service principal"
}

/// A token, and when to ask for the next one.
struct HeldToken {
    let token: AccessToken
    /// Nil where it is not known, or where the clock of this machine makes no sense of it.
    private let end: Timestamp?
    private var due: Timestamp?
    private var isLast: Bool

    /// Milliseconds before its end from which on another one is asked for.
    static let margin: Int64 = 600_000
    /// Milliseconds between two tries to renew it.
    private static let pause: Int64 = 30_000
    /// Milliseconds before its end at which a way that still gives the same one has no other: `az` and the identity
    /// service of machines keep theirs until 5 minutes before that.
    private static let patience: Int64 = 240_000

    /// - Parameter earlier: the one that it replaces.
    init(_ token: AccessToken, at now: Timestamp, after earlier: HeldToken?) {
        self.token = token
        // One that was over before it came is the sign of a wrong clock; its service will say when it is.
        end = token.expiresAt.flatMap { $0 > now ? $0 : nil }
        let left = end?.milliseconds(since: now) ?? .max
        if earlier?.token == token {
            due = now.advanced(byMilliseconds: min(Self.pause, left / 2))
            isLast = left <= Self.patience
        } else {
            due = end?.advanced(byMilliseconds: -min(Self.margin, left / 2))
            isLast = false
        }
    }

    func isOver(at now: Timestamp) -> Bool { end.map { now >= $0 } ?? false }
    func isDue(at now: Timestamp) -> Bool { due.map { now >= $0 } ?? false }

    /// Its end, once it is known that no other one follows.
    var lastEnd: Timestamp? { isLast ? end : nil }

    mutating func renewalFailed(at now: Timestamp) {
        isLast = true
        due = now.advanced(byMilliseconds: Self.pause)
    }
}

extension Array {
    fileprivate subscript(safely index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
