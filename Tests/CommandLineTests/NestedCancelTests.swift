import Glibc
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct NestedCancelTests {
    /// A run within a run whose innermost command ignores SIGTERM, cancelled from outside; both as they ended.
    private func cancelledNest(includingDescendants: Bool) async throws -> (outer: Run, inner: Run) {
        let binary = try Binary()
        let script = "trap '' TERM; echo $$; while :; do sleep 0.05; done"
        _ = try await binary.calling(
            "exec", "--grace", "0.3", "--name", "outer", "--", Binary.path, "exec", "--grace", "600", "--name", "inner",
            "--", "sh", "-c", script
        ) { _ in
            let inner = try await eventually("the innermost command is ready") { () -> Run? in
                guard let run = try await binary.runs().first(where: { $0.name == "inner" }),
                    let log = try? await binary.log(of: run.id), !log.isEmpty
                else { return nil }
                return run
            }
            try await binary.service().cancel(
                try #require(inner.parentID), includingDescendants: includingDescendants)
        }
        let runs = try await binary.runs()
        let inner = try #require(runs.first { $0.name == "inner" })
        let pid = try #require(Int32(try await binary.log(of: inner.id).dropLast()))
        #expect(kill(pid, 0) != 0)
        return (try #require(runs.first { $0.name == "outer" }), inner)
    }

    @Test func innerRunOfACancelledOneIsEndedAndRecordsIt() async throws {
        let (outer, inner) = try await cancelledNest(includingDescendants: false)
        #expect(outer.status == .canceled)
        // Nobody cancelled it: its own supervisor saw its command killed, and had the time to say so.
        #expect(inner.status == .failed)
        #expect(inner.failure?.brief.hasPrefix("killed by signal 9 (SIGKILL)") == true)
    }

    @Test func descendantsAreCanceledTogether() async throws {
        let (outer, inner) = try await cancelledNest(includingDescendants: true)
        #expect(outer.status == .canceled)
        #expect(inner.status == .canceled)
    }

    @Test(arguments: [true, false]) func anInnerCommandIsToldToEndOnce(_ includingDescendants: Bool) async throws {
        let binary = try Binary()
        // Longer than both supervisors take to see their order, so that a second signal would come in time.
        let script = "trap 'echo told' TERM; echo ready; while :; do sleep 0.05; done"
        _ = try await binary.calling(
            "exec", "--grace", "4", "--name", "outer", "--", Binary.path, "exec", "--grace", "600", "--name", "inner",
            "--", "sh", "-c", script
        ) { _ in
            let inner = try await eventually("the innermost command is ready") { () -> Run? in
                guard let run = try await binary.runs().first(where: { $0.name == "inner" }),
                    let log = try? await binary.log(of: run.id), !log.isEmpty
                else { return nil }
                return run
            }
            try await binary.service().cancel(
                try #require(inner.parentID), includingDescendants: includingDescendants)
        }
        let inner = try #require(try await binary.runs().first { $0.name == "inner" })
        // Beside what the shell says of its own children.
        let words = try await binary.log(of: inner.id).split(separator: "\n").filter { ["ready", "told"].contains($0) }
        #expect(words == ["ready", "told"])
    }
}
