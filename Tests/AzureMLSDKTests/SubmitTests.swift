import Foundation
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

/// `Experiment.submit` on the local target: the SDK starts the launcher that the server gives it.
struct SubmitTests {
    @Test func `Submitted scripts run, fail and are cancelled`() async throws {
        let server = try await ServedStore()
        let found = try await AzureClient().run("azureml_submit.py", on: server)
        let hello = try #require(found["hello"] as? [String: Any])
        let id = RunID(try #require(hello["id"] as? String))
        #expect(hello["status"] as? String == "Completed" && hello["type"] as? String == "ScriptRun")
        #expect(hello["log"] as? String == "hello from \(id.text) ['--n', '5']\n")
        #expect((hello["metrics"] as? [String: Double]) == ["accuracy": 0.9])
        #expect((hello["tags"] as? [String: String]) == ["seen": "inside"])
        #expect(hello["target"] as? String == "local" && hello["script"] as? String == "hello.py")
        #expect(hello["shown"] as? Bool == true)
        let files = try #require(hello["files"] as? [String])
        #expect(files.contains("outputs/model.txt") && files.contains("extra/model.txt"))
        let details = try await server.store.details(of: id)
        #expect(details.supervisor?.exit == .status(0))
        // By the launcher's marks this host's reaper knows whether it lives.
        let own = try Stamps.stamp(of: ProcessInfo.processInfo.processIdentifier)
        #expect(details.supervisor?.supervisor.process.bootID == own.bootID)
        #expect(details.run.metrics.value(forKey: "accuracy")?.value == .number(0.9))

        let bad = try #require(found["bad"] as? [String: Any])
        #expect(bad["status"] as? String == "Failed")
        let broken = try await server.store.details(of: RunID(try #require(bad["id"] as? String)))
        #expect(broken.run.failure?.message == "User program failed with ValueError: boom")
        #expect(broken.supervisor?.exit == .status(1))

        let slow = try #require(found["slow"] as? [String: Any])
        #expect(slow["status"] as? String == "Canceled")
        #expect((slow["alive"] as? [Int])?.isEmpty == true)
        #expect((found["conda"] as? String)?.contains("Conda environments are not made here") == true)
    }

    @Test func `A cancel from the dashboard ends a submitted script`() async throws {
        let server = try await ServedStore()
        let client = try AzureClient()
        async let found = client.run("azureml_cancelled.py", on: server)
        let run = try await eventually("a script that runs") {
            try await server.store.runs(in: .all, matching: nil, limit: 10).first { $0.status == .running }
        }
        try await server.store.cancel(run.id, includingDescendants: false)
        let answer = try await found
        #expect(answer["status"] as? String == "Canceled")
        #expect(answer["id"] as? String == run.id.text)
        #expect((answer["alive"] as? [Int])?.isEmpty == true)
    }
}
