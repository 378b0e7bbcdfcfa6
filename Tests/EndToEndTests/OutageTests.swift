import Foundation
import TestSupport
import Testing

extension EndToEndTests {
    /// A server that is away when the dashboard starts, comes, goes and comes back.
    @Suite struct Outages {
        private static let sentence = "does not take connections; is it running?"

        @Test func `the screen never blocks, old runs stay with their age, and all recovers by itself`() async throws {
            let server = try await MLflowTrackingServer.shared()
            let gate = try server.gate()
            gate.shut()
            let secret = "secret-" + UUID().uuidString
            let variables = [
                "MLFLOW_TRACKING_URI": gate.address.replacing("//", with: "//ana:\(secret)@"),
                "MLFLOW_WORKSPACE": try await server.makeWorkspace(),
            ]
            try await Workbench.open(variables: variables) { bench in
                let terminal = try await bench.terminal("--interval", "0.2", columns: 240)
                let header = "mlflow \(gate.address) (MLFLOW_TRACKING_URI)"
                try await terminal.wait(for: "runwatch", header)
                try await terminal.wait(for: "The runs can't be read.")
                let start = try await terminal.wait(for: "no data", "retry in", Self.sentence)
                try await helpOpensAndCloses(in: terminal)

                try gate.open()
                try await terminal.wait(for: "No runs yet")
                try await bench.runwatch("exec", "--name", "before", "--", "true")
                let open = try await terminal.wait(for: "✓ Completed", "before")
                #expect(!open.contains("stale"))

                gate.shut()
                let gone = try await terminal.wait(for: "stale", "retry in", Self.sentence)
                #expect(gone.row(with: "✓ Completed", "before") != nil)
                #expect(gone.row(with: header) != nil)
                let age = try #require(self.age(on: gone))
                try await terminal.wait(until: "the age grows") { screen in
                    self.age(on: screen).map { $0 != age } ?? false
                }
                try await helpOpensAndCloses(in: terminal)

                try gate.open()
                try await bench.runwatch("exec", "--name", "after", "--", "true")
                try await terminal.wait(for: "✓ Completed", "after")
                let back = try await terminal.wait(forAbsenceOf: "stale")
                #expect(back.row(with: "✓ Completed", "before") != nil)

                for screen in [start, open, gone, back] { #expect(!screen.contains(secret)) }
                let processes = bench.processes()
                #expect(processes.contains { $0.arguments.first == Workbench.binary })
                #expect(!processes.contains { $0.arguments.contains { $0.contains(secret) } })
            }
        }

        /// `3 s`, as the screen has it for what it still shows.
        private func age(on screen: Screen) -> Substring? {
            screen.row(with: "stale ")?.split(separator: "stale ").last?.split(separator: " · ").first
        }

        private func helpOpensAndCloses(in terminal: TerminalSession) async throws {
            try await terminal.press("?")
            try await terminal.wait(for: "The selected run")
            try await terminal.press("Escape")
            try await terminal.wait(forAbsenceOf: "The selected run")
        }
    }
}
