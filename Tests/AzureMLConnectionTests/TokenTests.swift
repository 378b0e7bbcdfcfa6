import RunModel
import RunServices
import TestSupport
import Testing

@testable import AzureMLService

/// Keeping a token, renewing it, and telling when it ends for good.
@Suite struct TokenTests {
    let clock = TestClock()
    private var now: Timestamp { clock.now }
    static let refused = RunServiceError(.unauthorized, "no more")

    private func token(_ text: String, minutes: Int64) -> AccessToken {
        AccessToken(text, expiresAt: now.advanced(byMilliseconds: minutes * 60_000))
    }

    private func tokens(_ origins: any TokenOrigin...) -> AzureTokens {
        let clock = clock
        return AzureTokens(origins, clock: { clock.now })
    }

    @Test func `many who ask at once wait for one answer`() async throws {
        let origin = ScriptedOrigin("a", [.success(token("1", minutes: 60))], delay: .milliseconds(50))
        let tokens = tokens(origin)
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<20 { group.addTask { try await tokens.token(rejecting: nil).text } }
            for try await text in group { #expect(text == "1") }
        }
        #expect(origin.asked == 1)
    }

    @Test func `the first way that there is counts, and from then on it alone`() async throws {
        let absent = ScriptedOrigin("absent", [.success(nil)])
        let second = ScriptedOrigin("second", [.success(token("2", minutes: 1)), .success(nil)])
        let third = ScriptedOrigin("third", [.success(token("3", minutes: 60))])
        let tokens = tokens(absent, second, third)
        #expect(try await tokens.token(rejecting: nil).text == "2")
        #expect(tokens.name == "second")
        clock.advance(by: 120_000)
        let error = await refusal { () throws(RunServiceError) in try await tokens.token(rejecting: nil) }
        #expect(error?.code == .unauthorized)
        #expect((absent.asked, third.asked) == (1, 0))
    }

    @Test func `a way that is there and fails is not passed over`() async throws {
        let tokens = tokens(
            ScriptedOrigin("a", [.failure(Self.refused)]), ScriptedOrigin("b", [.success(token("2", minutes: 1))]))
        #expect(await refusal { () throws(RunServiceError) in try await tokens.token(rejecting: nil) } == Self.refused)
    }

    @Test func `without any way the sentence says what to do`() async throws {
        let tokens = tokens(ScriptedOrigin("a", [.success(nil)]))
        let error = await refusal { () throws(RunServiceError) in try await tokens.token(rejecting: nil) }
        #expect(error?.message.contains("run `az login`") == true)
        #expect(error?.message.contains("AZURE_CLIENT_SECRET") == true)
    }

    @Test func `a token is renewed before it ends while the old one still serves`() async throws {
        let origin = ScriptedOrigin(
            "a", [.success(token("1", minutes: 60)), .success(token("2", minutes: 120))], delay: .milliseconds(30))
        let tokens = tokens(origin)
        #expect(try await tokens.token(rejecting: nil).text == "1")
        clock.advance(by: 49 * 60_000)
        #expect(try await tokens.token(rejecting: nil).text == "1")
        #expect(origin.asked == 1)
        clock.advance(by: 2 * 60_000)
        // A slow `az` keeps nobody waiting.
        #expect(try await tokens.token(rejecting: nil).text == "1")
        #expect(try await eventually { try await tokens.token(rejecting: nil).text == "2" })
        #expect(origin.asked == 2)
        #expect(tokens.expiry == nil)
    }

    @Test func `an end that no renewal puts off is told, and then the sentence`() async throws {
        let origin = ScriptedOrigin("a", [.success(token("1", minutes: 60)), .failure(Self.refused)])
        let tokens = tokens(origin)
        _ = try await tokens.token(rejecting: nil)
        #expect(tokens.expiry == nil)
        let end = now.advanced(byMilliseconds: 60 * 60_000)
        clock.advance(by: 51 * 60_000)
        _ = try await tokens.token(rejecting: nil)
        #expect(try await eventually { tokens.expiry == CredentialExpiry(moment: end, remedy: "ask again") })
        #expect(try await tokens.token(rejecting: nil).text == "1")
        clock.advance(by: 10 * 60_000)
        #expect(await refusal { () throws(RunServiceError) in try await tokens.token(rejecting: nil) } == Self.refused)
    }

    @Test func `a way that gives the same token has another one later, or none`() async throws {
        let same = token("1", minutes: 60)
        let origin = ScriptedOrigin("a", [.success(same)])
        let tokens = tokens(origin)
        _ = try await tokens.token(rejecting: nil)
        clock.advance(by: 51 * 60_000)
        _ = try await tokens.token(rejecting: nil)
        #expect(try await eventually { origin.asked == 2 })
        // `az` keeps its token until five minutes before the end.
        #expect(tokens.expiry == nil)
        clock.advance(by: 6 * 60_000)
        #expect(
            try await eventually {
                _ = try await tokens.token(rejecting: nil); return tokens.expiry != nil
            })
    }

    @Test func `a refused token is replaced, and so is one whose end has passed`() async throws {
        let origin = ScriptedOrigin(
            "a",
            [.success(token("1", minutes: 60)), .success(token("2", minutes: 60)), .success(token("3", minutes: 600))])
        let tokens = tokens(origin)
        let first = try await tokens.token(rejecting: nil)
        let second = try await tokens.token(rejecting: first)
        #expect(second.text == "2")
        // Who was late with the first gets the second too.
        #expect(try await tokens.token(rejecting: first).text == "2")
        clock.advance(by: 61 * 60_000)
        #expect(try await tokens.token(rejecting: nil).text == "3")
    }

    @Test func `with a wrong clock a token serves until its service refuses it`() async throws {
        let origin = ScriptedOrigin("a", [.success(token("1", minutes: -600))])
        let tokens = tokens(origin)
        for _ in 0..<5 { #expect(try await tokens.token(rejecting: nil).text == "1") }
        #expect(origin.asked == 1)
        #expect(tokens.expiry == nil)
    }

    @Test func `a refusal answers those who ask in the same moment, and not a person who asks again`() async throws {
        let origin = ScriptedOrigin("a", [.failure(Self.refused), .success(token("1", minutes: 60))])
        let tokens = tokens(origin)
        for _ in 0..<3 {
            #expect(
                await refusal { () throws(RunServiceError) in try await tokens.token(rejecting: nil) } == Self.refused)
        }
        #expect(origin.asked == 1)
        clock.advance(by: 1_500)
        #expect(try await tokens.token(rejecting: nil).text == "1")
    }

    @Test func `a token says when it ends, and nothing trips over what is none`() {
        #expect(TokenClaims(of: makeJWT(end: now, tenant: "x")).tenant == "x")
        #expect(TokenClaims(of: makeJWT(end: now)).end?.milliseconds == now.milliseconds / 1_000 * 1_000)
        for text in ["", ".", "..", "a.b.c", "...", "a.e30.c", "a.eyJleHAiOjFlMzAwfQ.c"] {
            #expect(TokenClaims(of: text).end == nil)
        }
    }

    @Test func `no description of a token shows it`() {
        let token = AccessToken("s3cr3t", expiresAt: nil)
        var dumped = ""
        dump(token, to: &dumped)
        dump(FixedToken(token, name: "n", remedy: "r"), to: &dumped)
        for text in ["\(token)", String(reflecting: token), dumped, String(describing: [token])] {
            #expect(!text.contains("s3cr3t"))
        }
    }
}
