import Foundation
import RunModel
import RunServices
import TestSupport
import Testing

extension EndToEndTests {
    /// The workspace of a folder: `runwatch serve` plays Azure, from the resource manager to the last metric.
    @Suite struct AzureML {
        private static func run(_ name: String, in served: ServedStore) async throws -> Run? {
            try await served.store.runs(in: .all, matching: nil, limit: 100).first { $0.name == name }
        }

        @Test func `a folder's workspace is opened, a run in it cancelled and another tagged`() async throws {
            let served = try await ServedStore()
            let variables = [
                "RUNWATCH_AZURE_RESOURCE_MANAGER": served.address,
                // Whatever this machine is, its own identity is not asked for.
                "AZURE_POD_IDENTITY_AUTHORITY_HOST": "http://127.0.0.1:1",
            ]
            try await Workbench.open(variables: variables) { bench in
                try FileManager.default.createDirectory(
                    atPath: bench.directory + "/.azureml", withIntermediateDirectories: false)
                try FileBytes.write(
                    #"{"subscription_id": "0000", "resource_group": "group", "workspace_name": "space"}"#,
                    to: bench.directory + "/.azureml/config.json")
                let exec = ["exec", "--store", served.storePath, "-e", "explore-runs"]
                try await bench.call(Workbench.binary, exec + ["--name", "hello", "--", "true"])
                try await bench.call(
                    Workbench.binary,
                    exec + ["--detach", "--name", "training", "--", "sh", "-c", "echo step 1; exec sleep 1000"])

                let terminal = try await bench.terminal("--interval", "0.2")
                try await terminal.wait(for: "azureml space (.azureml/config.json)")
                try await terminal.wait(for: "● Running", "training")
                try await terminal.wait(for: "✓ Completed", "hello")

                try await terminal.press("c")
                try await terminal.wait(for: "Cancel “training”?")
                try await terminal.press("y", until: "the question is answered") { !$0.contains("Cancel “training”?") }
                try await terminal.wait(for: "⊘ Canceled", "training")
                #expect(try await Self.run("training", in: served)?.status == .canceled)

                try await terminal.press("/")
                try await terminal.type("name = hello")
                try await terminal.press("Enter")
                try await terminal.wait(for: "1 of ")
                try await terminal.press("t")
                try await terminal.wait(for: "No tags yet; a adds one.")
                try await terminal.press("a")
                try await terminal.wait(for: "add:")
                try await terminal.type("quality=fantastic run")
                try await terminal.press("Enter")
                try await terminal.wait(for: "quality  fantastic run")
                let run = try await Self.run("hello", in: served)
                #expect(run?.tags.value(forKey: "quality") == "fantastic run")
            }
        }

        @Test func `a login that has ended keeps the screen, and names the command`() async throws {
            let azure = try FaultServer(tls: TestCertificates.make().server()) { _ in .answer(401, "{}") }
            let variables = [
                "RUNWATCH_AZURE_RESOURCE_MANAGER": "https://localhost:\(azure.port)",
                "REQUESTS_CA_BUNDLE": try TestCertificates.make().authority,
            ]
            try await Workbench.open(variables: variables) { bench in
                // First in PATH, and slow to start as the real one.
                let script = "#!/bin/sh\nsleep 2\necho \"ERROR: Please run 'az login' to setup account.\" >&2\nexit 1\n"
                try FileBytes.write(script, to: bench.directory + "/az")
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o755], ofItemAtPath: bench.directory + "/az")
                let terminal = try await bench.terminal(
                    "--service", "azureml://subscriptions/s/resourceGroups/g/workspaces/w",
                    environment: ["PATH": "\(bench.directory):/usr/bin:/bin"])
                // The screen waits for nobody.
                try await terminal.wait(for: "azureml w (--service)")
                try await terminal.press("?")
                try await terminal.wait(for: "─ Help ─")
                try await terminal.press("Escape")
                try await terminal.wait(for: "`az` gives no token: Please run 'az login' to setup account.")
                try await terminal.press("q")
                #expect(try await terminal.ending() == 0)
            }
        }
    }
}
