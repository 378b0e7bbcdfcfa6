import Foundation
import LocalStore
import RunServices
import TestSupport
import Testing

extension EndToEndTests {
    /// A dashboard left running beside trainings, while its service comes and goes and its window changes.
    @Suite struct Soak {
        @Test func memoryStaysAndNoEventIsLostOrDoubled() async throws {
            let plan = SoakPlan()
            let served = try await ServedStore(isEmpty: true)
            try await SyntheticStore.fill(directory: served.storePath, runs: plan.runs)
            let gate = try ServerGate(before: served.port)
            try await Workbench.open { bench in
                let told = bench.directory + "/told"
                try FileBytes.write("hook: \"cat >> '\(told)'\"\n", to: bench.directory + "/config.yaml")
                let terminal = try await bench.terminal(
                    "--service", gate.address, "--interval", "0.5", "--limit", "20000",
                    environment: ["RUNWATCH_CONFIG": bench.directory + "/config.yaml"])
                try await terminal.wait(for: "of 10000")
                let dashboard = try #require(bench.dashboards().first?.pid)
                var writer = SoakWriter(store: served.store)
                var memory = SoakMemory(plan, of: dashboard)
                var weather = SoakWeather(plan, terminal, gate)

                let clock = ContinuousClock()
                let start = clock.now
                while start.duration(to: clock.now) < plan.duration {
                    let second = clock.now
                    for _ in 0..<plan.changesPerSecond { try await writer.change() }
                    try await weather.turn(start.duration(to: clock.now))
                    memory.sample(start.duration(to: clock.now), writer)
                    // A slow machine makes fewer changes.
                    try await clock.sleep(until: second + .seconds(1))
                }
                try await weather.clear()
                try await terminal.wait(until: "it reads again") { !$0.contains("stale") && !$0.contains("retry in") }

                let expected = writer.expected
                let patience = clock.now + TerminalSession.patience
                while clock.now < patience, !expected.isSubset(of: Self.events(told)) {
                    try await clock.sleep(for: .milliseconds(100))
                }
                // What would come twice has come when a few more polls have been answered.
                try await Task.sleep(for: .seconds(2))
                let all = Self.events(told)
                #expect(expected.subtracting(all).isEmpty, "lost of \(expected.count)")
                #expect(Set(all).subtracting(expected).isEmpty, "made up")
                #expect(all.count == expected.count, "told twice")
                #expect(expected.count > 10 && bench.dashboards().contains { $0.pid == dashboard })
                memory.judge()
            }
        }

        /// `EVENT RUN` of all that the hook was given.
        private static func events(_ path: String) -> [String] {
            let lines = (FileBytes.text(path) ?? "").split(separator: "\n")
            return lines.compactMap { line in
                let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                guard let event = object?["event"] as? String, let run = object?["run"] as? [String: Any],
                    ["failed", "notANumber"].contains(event)
                else { return nil }
                return "\(event) \(run["id"] as? String ?? "")"
            }
        }
    }
}
