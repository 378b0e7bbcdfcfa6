import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct LogsCommandTests {
    /// A run that printed, by `exec` on the store or on a server of it; and how its log is asked for.
    private func printing(
        _ script: String, isServed: Bool
    ) async throws -> (binary: Binary, server: ServedStore?, environment: [String: String], run: RunID) {
        let binary = try Binary()
        let server = isServed ? try await ServedStore() : nil
        let environment = server.map { ["RUNWATCH_SERVICE": $0.address] } ?? [:]
        _ = try await binary.call(["exec", "--", "sh", "-c", script], environment: environment)
        let service = if let server { server.store } else { try await binary.service() }
        let run = try #require(try await service.runs(in: .all, matching: nil, limit: 1).first)
        return (binary, server, environment, run.id)
    }

    @Test(arguments: [false, true]) func printsTheLogOrItsEnd(_ isServed: Bool) async throws {
        let (binary, server, environment, run) = try await printing(
            "seq 1 20000; printf '\\033[31mred\\033[0m'", isServed: isServed)
        // It serves as long as it is there.
        defer { withExtendedLifetime(server) {} }
        let all = try await binary.call(["logs", "-r", run.text], environment: environment)
        #expect(all.status == 0 && all.errors.isEmpty)
        // A pipe gets what was printed.
        #expect(all.output.hasPrefix("1\n2\n") && all.output.hasSuffix("20000\n\u{1B}[31mred\u{1B}[0m"))
        for (lines, expected) in [(0, ""), (1, "\u{1B}[31mred\u{1B}[0m"), (3, "19999\n20000\n\u{1B}[31mred\u{1B}[0m")] {
            let tail = try await binary.call(["logs", "-r", run.text, "--tail", "\(lines)"], environment: environment)
            #expect(tail.output == expected && tail.status == 0)
        }
        let many = try await binary.call(["logs", "-r", run.text, "-n", "99999", "-f"], environment: environment)
        #expect(many.output == all.output)
    }

    @Test(arguments: [false, true]) func goesByTheTimesOfLines(_ isServed: Bool) async throws {
        let script = """
            date -u -d '-2 hours' '+%Y-%m-%dT%H:%M:%SZ old'; echo more; date -u '+%Y-%m-%dT%H:%M:%SZ new'; echo last
            """
        let (binary, server, environment, run) = try await printing(script, isServed: isServed)
        defer { withExtendedLifetime(server) {} }
        // All of it was printed within the hour, whatever the lines say.
        let all = try await binary.call(["logs", "-r", run.text, "--since", "1h"], environment: environment)
        #expect(all.output.split(separator: "\n").count == 4)
        try await Task.sleep(for: .milliseconds(1_100))
        let none = try await binary.call(["logs", "-r", run.text, "--since", "1s"], environment: environment)
        #expect(none.status == 0 && none.output.isEmpty)
        #expect(try await binary.call(["logs", "-r", run.text, "--since", "x"]).status == 2)
    }

    @Test(arguments: [false, true]) func followsUntilTheRunIsCancelled(_ isServed: Bool) async throws {
        let binary = try Binary()
        let server = isServed ? try await ServedStore() : nil
        let environment = server.map { ["RUNWATCH_SERVICE": $0.address] } ?? [:]
        let started = try await binary.call(
            ["exec", "--detach", "--", "sh", "-c", "echo first; while :; do date; sleep 0.1; done"],
            environment: environment)
        let id = started.output.split(separator: "\n").joined()
        let service = if let server { server.store } else { try await binary.service() }
        let status = try await binary.calling("logs", "-r", id, "--follow", environment: environment) { _ in
            _ = try await eventually("some lines of the log") {
                try binary.said().split(separator: "\n").count > 3 ? true : nil
            }
            try await service.cancel(RunID(id), includingDescendants: false)
        }
        #expect(status == 0)
        #expect(try binary.said().hasPrefix("first\n"))
        // And afterwards.
        let after = try await binary.call(["logs", "-r", id, "--tail", "2"], environment: environment)
        #expect(try after.status == 0 && binary.said().hasSuffix(after.output) && !after.output.isEmpty)
    }

    @Test func saysWhatIsNotThere() async throws {
        let binary = try Binary()
        let service = try await binary.service()
        let run = try await service.createRun(RunDraft(experimentName: "tests"))
        let none = try await binary.call("logs", "-r", run.id.text)
        #expect(none.status == 3 && none.errors == "Error: The run has no log: wait with --follow.\n")
        let other = try await binary.call("logs", "-r", run.id.text, "--file", "x.log")
        #expect(other.status == 3 && other.errors.contains("no log “x.log”"))
        // A run that ends without a log ends the waiting for one.
        let status = try await binary.calling("logs", "-r", run.id.text, "-f") { _ in
            try await service.apply(.fail(RunFailure()), to: run.id, onBehalfOf: .person)
        }
        #expect(status == 0 || status == 3)
    }
}
