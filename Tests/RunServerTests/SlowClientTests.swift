import Foundation
import LocalStore
import RunModel
import RunServer
import RunServices
import TestSupport
import Testing

/// Clients that hold connections open: each is let go in time, and none keeps others from being answered.
struct SlowClientTests {
    @Test func `A connection that says nothing is closed in time`() async throws {
        let server = try await ServedStore { $0.patience = 1 }
        let silent = try RawConnection(server.port)
        let drips = try RawConnection(server.port)
        await drips.send(Array("GET /health HTTP/1.1\r\nHost: local".utf8))
        #expect(try await server.ask("GET", "/health").status == 200)
        #expect(await silent.receive().isEmpty)
        #expect(await drips.receive().isEmpty)
    }

    @Test func `A body that does not come is given up`() async throws {
        let server = try await ServedStore { $0.patience = 1 }
        let connection = try RawConnection(server.port)
        await connection.send(RawConnection.head("POST", "/api/2.0/mlflow/runs/create", port: server.port, length: 100))
        await connection.send(Array("{".utf8))
        _ = await connection.receive()
        #expect(try await server.store.runs(in: .all, matching: nil, limit: 5).isEmpty)
    }

    @Test func `A client that does not take its answer is let go`() async throws {
        let server = try await ServedStore { $0.patience = 1 }
        let run = try await server.newRun()
        let place = "/api/2.0/mlflow-artifacts/artifacts/0/\(run)/artifacts/big.bin"
        let bytes = [UInt8](repeating: 7, count: 32 << 20)
        #expect(try await RawConnection.ask(server.port, "PUT", place, bytes).status == 200)
        let lazy = try RawConnection(server.port)
        await lazy.send(RawConnection.head("GET", place, port: server.port, length: nil))
        // Nothing is read until the server has given up; then what lies in the kernel's buffers comes, and the end.
        #expect(try await eventually { try await server.connections() == 0 })
        var count = 0
        while case let part = await lazy.receive(1 << 20), !part.isEmpty { count += part.count }
        #expect(count < bytes.count)
    }

    @Test func `Requests one after the other on one connection are all answered`() async throws {
        let server = try await ServedStore()
        let connection = try RawConnection(server.port)
        for _ in 0..<3 {
            await connection.send(RawConnection.head("GET", "/health", port: server.port, length: nil))
            #expect(try await connection.answer().text == "OK")
        }
        let both = RawConnection.head("GET", "/version", port: server.port, length: nil)
        await connection.send(both + both)
        #expect(try await connection.answer().status == 200)
    }

    @Test func `Many idle connections leave the server able to answer`() async throws {
        let server = try await ServedStore { $0.connectionLimit = 600 }
        var idle: [RawConnection] = []
        for _ in 0..<400 { idle.append(try RawConnection(server.port)) }
        #expect(try await server.ask("GET", "/health").text == "OK")
        #expect(idle.count == 400)
    }

    @Test func `Those beyond the limit wait until others leave`() async throws {
        let server = try await ServedStore {
            $0.connectionLimit = 2
            $0.patience = 1
        }
        let idle = try (0..<2).map { _ in try RawConnection(server.port) }
        // Answered once an idle one was let go.
        #expect(try await server.ask("GET", "/health").text == "OK")
        for connection in idle { #expect(await connection.receive().isEmpty) }
    }

    @Test func `What was begun is answered before the server ends`() async throws {
        let server = try await ServedStore()
        let run = try await server.newRun()
        let body = #"{"run_id":"\#(run)","key":"k","value":"v"}"#
        let connection = try RawConnection(server.port)
        await connection.send(
            RawConnection.head("POST", "/api/2.0/mlflow/runs/set-tag", port: server.port, length: body.utf8.count))
        #expect(try await eventually { try await server.connections() >= 1 })
        async let ended: Void = server.stop()
        await connection.send(Array(body.utf8))
        #expect(try await connection.answer().status == 200)
        try await ended
    }
}

extension ServedStore {
    /// Connections to the server's port that the kernel knows as established.
    func connections() async throws -> Int {
        // The file claims to have no bytes, which some readers believe.
        let bytes = try FileHandle(forReadingFrom: URL(fileURLWithPath: "/proc/net/tcp")).readToEnd() ?? Data()
        let text = String(decoding: bytes, as: UTF8.self)
        let local = String(format: ":%04X ", port)
        return text.split(separator: "\n").count { line in
            let fields = line.split(separator: " ")
            return fields.count > 3 && (fields[1] + " ").hasSuffix(local) && fields[3] == "01"
        }
    }
}
