import HTTPTransport
import RunServices
import TestSupport
import Testing

/// Deadlines, cancellation, repeated attempts and recovery.
struct LifeTests {
    @Test(arguments: [FaultReply.silence, .stall, .json("{}").after(milliseconds: 60_000)])
    func `a slow server misses the deadline`(reply: FaultReply) async throws {
        let server = try FaultServer { _ in reply }
        let error = try #require(await makeTransport(server.address).outcome(of: .hurried()))
        #expect(error.code == .timedOut)
        #expect(
            error.message == "The test server at 127.0.0.1:\(server.port) did not answer within 300 ms; it may be busy."
        )
    }

    @Test func `a server that takes no connection`() async throws {
        // The kernel answers nobody once the queue of connections is full.
        let socket = try FullSocket()
        let error = try #require(
            await makeTransport("http://127.0.0.1:\(socket.port)", connectDeadline: 200).outcome())
        #expect(error.code == .timedOut)
        #expect(
            error.message.hasSuffix("did not take the connection; check the address, the network and the firewall."))
    }

    @Test(arguments: [FaultReply.silence, .stall]) func `cancelling ends a request`(reply: FaultReply) async throws {
        let server = try FaultServer { _ in reply }
        let transport = try makeTransport(server.address)
        let task = Task { await transport.outcome(of: .hurried(600_000)) }
        #expect(try await eventually { server.requests.count == 1 })
        task.cancel()
        #expect(await task.value?.code == .cancelled)
    }

    @Test func `a server that is gone and comes back`() async throws {
        let first = try FaultServer { _ in .json("1") }
        let transport = try makeTransport(first.address)
        #expect(try await transport.send(.patient()).body == Array("1".utf8))
        first.stop()
        #expect(await transport.outcome()?.code == .unavailable)
        let second = try FaultServer(port: first.port) { _ in .json("2") }
        #expect(try await transport.send(.patient()).body == Array("2".utf8))
        withExtendedLifetime(second) {}
    }

    @Test func `one connection carries many requests`() async throws {
        let server = try FaultServer { _ in .json("{}") }
        let transport = try makeTransport(server.address)
        for _ in 0..<10 { _ = try await transport.send(.patient()) }
        #expect(server.requests.count == 10)
        #expect(server.connections == 1)
    }

    @Test(arguments: [502, 503, 504, 429]) func `a hiccup is bridged`(status: Int) async throws {
        let server = try FaultServer {
            $0.connection == 1 ? .answer(status, headers: [("Connection", "close")]) : .json("{}")
        }
        #expect(try await makeTransport(server.address).outcome() == nil)
        #expect(server.requests.count == 2)
    }

    @Test func `a connection that was closed meanwhile is replaced`() async throws {
        let server = try FaultServer { $0.connection == 1 ? .close : .json("{}") }
        #expect(try await makeTransport(server.address).outcome() == nil)
    }

    @Test(arguments: [502, 503, 504]) func `what must not happen twice is asked once`(status: Int) async throws {
        let server = try FaultServer { _ in .answer(status) }
        _ = try await makeTransport(server.address).outcome(of: .patient(.post, "/x"))
        #expect(server.requests.count == 1)
        let closing = try FaultServer { _ in .close }
        _ = try await makeTransport(closing.address).outcome(of: .patient(.post, "/x"))
        #expect(closing.requests.count == 1)
    }

    @Test func `a server that stays broken is asked three times`() async throws {
        let server = try FaultServer { _ in .answer(503) }
        _ = try await makeTransport(server.address).outcome()
        #expect(server.requests.count == 3)
    }

    @Test func `a server that wants to be left alone is left alone`() async throws {
        let server = try FaultServer { _ in .answer(429, headers: [("Retry-After", "150")]) }
        let transport = try makeTransport(server.address)
        let first = try #require(await transport.outcome())
        #expect(first.code == .rateLimited)
        #expect(first.message.hasSuffix("is asked too often; try again in 2 min."))
        #expect(await transport.outcome()?.code == .rateLimited)
        #expect(server.requests.count == 1)
    }

    @Test func `a short wait is waited`() async throws {
        let server = try FaultServer {
            $0.target == "/x" && $0.connection == 1
                ? .answer(
                    429,
                    headers: [
                        ("Retry-After", "0"), ("Connection", "close"),
                    ]) : .json("{}")
        }
        #expect(try await makeTransport(server.address).outcome() == nil)
    }

    @Test(arguments: [
        ("Sun, 06 Nov 1994 08:53:37 GMT", "try again in 4 min."),
        ("9223372036854775807", "try again in 2562047788015215 h."),
        ("-5", "try again in 0 s."), ("soon", "try again later."),
        ("Sun, 06 Nov 1994 08:48:00 GMT", "try again in 0 s."),
        ("Sun, 99 Nov 1994 08:49:37 GMT", "try again later."),
    ])
    func `Retry-After holds seconds or a date`(text: String, end: String) async throws {
        let server = try FaultServer { _ in
            .answer(429, headers: [("Retry-After", text), ("Date", "Sun, 06 Nov 1994 08:49:00 GMT")])
        }
        #expect(try await makeTransport(server.address).outcome()?.message.hasSuffix(end) == true)
    }
}
