import Foundation
import Glibc
import LocalStore
import RunServices
import TestSupport
import Testing

/// What a server that has a process to itself bears: many clients, large files.
@Suite(.serialized) struct ServeBurdenTests {
    @Test func `Thousands of idle connections hold nobody up and leave nothing behind`() async throws {
        let binary = try Binary()
        let most = min(10_000, Self.raiseDescriptorLimit() - 500)
        try #require(most > 100)
        let status = try await binary.calling("serve", "--port", "0", "--store", binary.store) { pid in
            let (port, facts) = (try await binary.servedPort(), ProcessFacts(pid: pid))
            _ = try await RawConnection.ask(port, "GET", "/api/2.0/mlflow/experiments/get?experiment_id=0")
            let (before, memory) = (facts.descriptors, facts.megabytes())
            var idle: [RawConnection] = []
            // They are let go after a minute, and a busy machine takes its time.
            let deadline = ContinuousClock.now + .seconds(20)
            while idle.count < most, ContinuousClock.now < deadline { idle.append(try RawConnection(port)) }
            let count = idle.count
            try #require(count > 100)
            // The connection of the first question may have been there still.
            #expect(try await eventually { facts.descriptors >= before + count - 2 })
            // 30 kB each at most.
            #expect(facts.megabytes() < memory + 20 + Double(count) * 0.03)
            for index in 0..<20 {
                let body = #"{"name":"among many \#(index)"}"#
                let made = try await RawConnection.ask(
                    port, "POST", "/api/2.0/mlflow/experiments/create", Array(body.utf8))
                #expect(made.status == 200)
            }
            for connection in stride(from: 0, to: count, by: 500).map({ idle[$0] }) {
                await connection.send(RawConnection.head("GET", "/health", port: port, length: nil))
                #expect(try await connection.answer().text == "OK")
            }
            idle = []
            #expect(try await eventually { facts.descriptors <= before + 2 })
            #expect(try await RawConnection.ask(port, "GET", "/health").text == "OK")
            kill(pid, SIGTERM)
        }
        #expect(status == 0)
    }

    /// As far as this user may; returns how many files this process may open.
    private static func raiseDescriptorLimit() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 256 }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return Int(clamping: limit.rlim_cur)
    }

    @Test func `A large file comes and goes in little memory`() async throws {
        let binary = try Binary()
        let size = 192 << 20
        let status = try await binary.calling("serve", "--port", "0", "--store", binary.store) { pid in
            let (port, facts) = (try await binary.servedPort(), ProcessFacts(pid: pid))
            let place = "/api/2.0/mlflow-artifacts/artifacts/0/models/large.bin"
            let before = facts.megabytes()
            let piece = (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
            let sender = try RawConnection(port)
            await sender.send(RawConnection.head("PUT", place, port: port, length: size))
            for _ in 0..<size / piece.count { #expect(await sender.send(piece)) }
            #expect(try await sender.answer().status == 200)
            let receiver = try RawConnection(port)
            await receiver.send(RawConnection.head("GET", place, port: port, length: nil))
            var count = 0
            while count < size, case let part = await receiver.receive(1 << 20), !part.isEmpty { count += part.count }
            #expect(count >= size)
            // A third of the file, mostly what the allocator keeps.
            #expect(facts.megabytes("VmHWM") < before + 64)
            kill(pid, SIGTERM)
        }
        #expect(status == 0)
    }
}
