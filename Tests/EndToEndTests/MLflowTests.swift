import Foundation
import TestSupport
import Testing

extension EndToEndTests {
    /// Runs that MLflow keeps, seen and steered by keyboard.
    @Suite struct MLflow {
        @Test func `a training seen live and cancelled from the dashboard is KILLED in MLflow`() async throws {
            let server = try await MLflowTrackingServer.shared()
            let workspace = try await server.makeWorkspace()
            let python = try MLflowPython.checkedExecutable().path
            let training = MLflowPython.fixture("mlflow_script.py")
            let variables = [
                "MLFLOW_TRACKING_URI": server.address, "MLFLOW_WORKSPACE": workspace,
                "MLFLOW_ENABLE_TELEMETRY": "false", "DO_NOT_TRACK": "true",
            ]
            try await Workbench.open(variables: variables) { bench in
                let terminal = try await bench.terminal("--interval", "0.2")
                try await terminal.wait(for: "mlflow \(server.address) (MLFLOW_TRACKING_URI)")
                try await terminal.wait(for: "No runs yet")
                let id = try await bench.startRun(
                    "training", "exec '\(python)' '\(training)' until '\(bench.directory)'")
                // The script's own metric and output, as they come.
                try await terminal.wait(for: "● Running", "training", "0.0")
                try await terminal.press("3")
                try await terminal.wait(for: "step 9")
                try await terminal.press("c")
                try await terminal.wait(for: "Cancel “training”?")
                try await terminal.wait(for: "on mlflow \(server.address)")
                try await terminal.wait(for: "Its processes are asked to end, and killed after 10 s.")
                try await terminal.press("y", until: "the question is answered") { !$0.contains("Cancel “training”?") }
                try await terminal.wait(for: "⊘ Canceled", "training")
                #expect(bench.processes(with: training) == [])
                // The script said FINISHED as it died.
                try await terminal.wait(for: "finished")
                let content = try await MLflowStores.read([server.address], workspace: workspace)
                #expect(content[0].runs.mapValues(\.status) == [id: "KILLED"])
            }
        }

        @Test func `the header says which service this is and why, and another is a command away`() async throws {
            let server = try await MLflowTrackingServer.shared()
            let variables = [
                "MLFLOW_TRACKING_URI": server.address, "MLFLOW_WORKSPACE": try await server.makeWorkspace(),
            ]
            try await Workbench.open(variables: variables) { bench in
                try FileManager.default.copyItem(
                    atPath: try await MLflowStores.directory() + "/mlflow.db", toPath: bench.directory + "/mlflow.db")
                let store = bench.store
                try await bench.runwatch("exec", "--store", store, "--name", "embedded", "--", "true")
                let terminal = try await bench.terminal("--interval", "0.2")
                try await terminal.wait(for: "mlflow \(server.address) (MLFLOW_TRACKING_URI)")
                try await terminal.wait(for: "No runs yet")

                try await terminal.press(":")
                try await terminal.type("service")
                try await terminal.press("Enter")
                try await terminal.wait(for: "mlflow", server.address, "MLFLOW_TRACKING_URI")
                try await terminal.wait(for: "mlflow", "~/mlflow.db", "in this directory")
                try await terminal.wait(for: "local", "~/data/runwatch", "default")
                try await terminal.press("j", "Enter")
                try await terminal.wait(for: "runwatch", "mlflow ~/mlflow.db (in this directory)")
                try await terminal.wait(for: "● Running", "numbers")

                try await terminal.press(":")
                try await terminal.type("service ~/data/runwatch")
                try await terminal.press("Enter")
                try await terminal.wait(for: "runwatch", "local ~/data/runwatch (default)")
                try await terminal.wait(for: "✓ Completed", "embedded")
                try await terminal.wait(forAbsenceOf: "numbers")

                // A slip of the fingers leads nowhere, and what was there stays.
                try await terminal.press(":")
                try await terminal.type("service ~/data/runwhat")
                try await terminal.press("Enter")
                try await terminal.wait(for: ":service: There is nothing at ~/data/runwhat")
                try await terminal.wait(for: "✓ Completed", "embedded")

                try await terminal.press(":")
                try await terminal.type("service \(server.address)")
                try await terminal.press("Enter")
                try await terminal.wait(for: "runwatch", "mlflow \(server.address) (MLFLOW_TRACKING_URI)")
                try await terminal.wait(for: "No runs yet")
            }
        }

        @Test func `a run that nothing supervises is canceled in name only, and that is said before`() async throws {
            try await Workbench.open { bench in
                try FileManager.default.copyItem(
                    atPath: try await MLflowStores.directory() + "/mlflow.db", toPath: bench.directory + "/mlflow.db")
                let terminal = try await bench.terminal("--interval", "0.2")
                try await terminal.wait(for: "mlflow ~/mlflow.db (in this directory)")
                try await terminal.press("/")
                try await terminal.type("name = numbers")
                try await terminal.press("Enter")
                try await terminal.wait(for: "1 of ")
                try await terminal.wait(for: "● Running", "numbers")
                try await terminal.press("c")
                try await terminal.wait(for: "Cancel “numbers”?")
                try await terminal.wait(for: "Nothing supervises it: only the status changes, no process ends.")
                try await terminal.press("y", until: "the question is answered") { !$0.contains("Cancel “numbers”?") }
                try await terminal.wait(for: "⊘ Canceled", "numbers")
                let content = try await MLflowStores.read(["sqlite:///\(bench.directory)/mlflow.db"])
                #expect(content[0].runs.values.first { $0.name == "numbers" }?.status == "KILLED")
            }
        }
    }
}
