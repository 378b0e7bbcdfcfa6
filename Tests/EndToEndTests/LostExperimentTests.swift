import Foundation
import GRDB
import TestSupport
import Testing

extension EndToEndTests {
    /// An experiment is deleted by another program while its runs are on screen.
    @Suite struct LostExperiments {
        private func expectAll(
            _ terminal: TerminalSession, name: String, afterwards delete: () async throws -> Void
        ) async throws {
            try await terminal.type(":experiment \(name)")
            try await terminal.press("Enter")
            try await terminal.wait(for: "Runs · \(name)")
            try await delete()
            try await terminal.wait(for: "was deleted")
            try await terminal.wait(for: "Runs · all experiments")
            try await terminal.wait(until: "polling goes on") { !$0.contains("There is no experiment") }
        }

        @Test func inTheEmbeddedStore() async throws {
            try await Workbench.open { bench in
                try await bench.runwatch("exec", "-e", "kept", "--", "true")
                try await bench.runwatch("exec", "-e", "doomed", "--", "true")
                let terminal = try await bench.terminal("--interval", "0.2")
                try await terminal.wait(for: "doomed")
                try await terminal.wait(for: "kept")
                try await expectAll(terminal, name: "doomed") {
                    try await bench.change("DELETE FROM experiments WHERE name = ?", ["doomed"])
                }
            }
        }

        @Test func inADatabaseOfMLflow() async throws {
            try await Workbench.open { bench in
                let path = bench.directory + "/mlflow.db"
                try await MLflowSyntheticStore.makeDatabase(at: path, runs: 40, experiments: 2)
                let terminal = try await bench.terminal("--interval", "0.2", "--service", path)
                try await terminal.wait(for: "explore-runs-of-model-2")
                var configuration = Configuration()
                // The dashboard reads, and without a log beside it a database is not written meanwhile.
                configuration.busyMode = .timeout(10)
                let other = try DatabaseQueue(path: path, configuration: configuration)
                try await expectAll(terminal, name: "explore-runs-of-model-2") {
                    try await other.write {
                        try $0.execute(
                            sql: "UPDATE experiments SET lifecycle_stage = 'deleted' WHERE name = ?",
                            arguments: ["explore-runs-of-model-2"])
                    }
                }
            }
        }

        @Test func inFilesOfMLflow() async throws {
            try await Workbench.open { bench in
                let path = bench.directory + "/mlruns"
                try await MLflowSyntheticStore.makeFiles(at: path, runs: 40, experiments: 2)
                let terminal = try await bench.terminal("--interval", "0.2", "--service", path)
                try await terminal.wait(for: "explore-runs-of-model-2")
                try await expectAll(terminal, name: "explore-runs-of-model-2") {
                    try FileManager.default.removeItem(atPath: path + "/2")
                }
            }
        }
    }
}
