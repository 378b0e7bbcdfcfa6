import Glibc
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct DemoTests {
    private func runs(_ binary: Binary) async throws -> [Run] {
        let directory = binary.place.path + "/data/runwatch-demo"
        return try await LocalStore.open(at: directory, access: .readOnly).runs(in: .all, matching: nil, limit: 1_000)
    }

    /// Waits until the demo shows its first failure, learning children and nothing unexpected.
    private func awaitLiveliness(_ binary: Binary, besides earlier: [Run] = []) async throws {
        _ = try await eventually("the demo is lively") { () -> Bool? in
            let known = Set(earlier.map(\.id))
            guard let runs = try? await runs(binary), !runs.contains(where: { known.contains($0.id) }) else {
                return nil
            }
            let bad = runs.first { $0.name == "bad_script" }
            let child = runs.first { $0.name == "fold 0" }
            guard bad?.status == .failed, let child, child.metrics.contains("loss") else { return nil }
            #expect(bad?.failure?.message?.contains("No such file or directory: 'measurements.csv'") == true)
            #expect(bad?.tags.value(forKey: "worth another look") == .some(nil))
            let parent = runs.first { $0.id == child.parentID }
            #expect(parent?.name == "child 1")
            #expect(parent?.parentID == child.rootID)
            #expect(runs.first { $0.id == child.rootID }?.name == "hello_with_children")
            #expect(child.properties.value(forKey: "author") == "azureml-user")
            return true
        }
    }

    /// Waits until all runs are over and none of their processes is left.
    private func awaitEnd(_ binary: Binary) async throws -> [Run] {
        let ended = try await eventually("all runs are over") { () -> [Run]? in
            let runs = try await runs(binary)
            return runs.allSatisfy { $0.status.isTerminal } ? runs : nil
        }
        let directory = binary.place.path + "/data/runwatch-demo"
        let store = try await LocalStore.open(at: directory, access: .readOnly)
        for run in ended {
            guard let supervisor = try await store.details(of: run.id).supervisor?.supervisor else { continue }
            for process in [supervisor.process, supervisor.command].compactMap({ $0 }) {
                _ = try await eventually("process \(process.pid) is gone") { kill(process.pid, 0) != 0 ? true : nil }
            }
        }
        return ended
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
    func endingTheDemoCancelsAllItStarted(_ signal: Int32) async throws {
        let binary = try Binary()
        _ = try await binary.calling("demo", "--headless") { pid in
            try await awaitLiveliness(binary)
            kill(pid, signal)
        }
        let runs = try await awaitEnd(binary)
        #expect(runs.first { $0.name == "hello_with_delay" }?.status == .canceled)
        #expect(runs.first { $0.name == "hello_with_children" }?.status == .canceled)
    }

    @Test func killedDemoLeavesNothingBehind() async throws {
        let binary = try Binary()
        let status = try await binary.calling("demo", "--headless") { pid in
            try await awaitLiveliness(binary)
            kill(pid, SIGKILL)
        }
        #expect(status == 137)
        let runs = try await awaitEnd(binary)
        #expect(runs.first { $0.name == "hello_with_delay" }?.status == .canceled)
    }

    @Test func resetRemovesEarlierRunsButNotThoseOfALiveDemo() async throws {
        let binary = try Binary()
        _ = try await binary.calling("demo", "--headless") { pid in
            try await awaitLiveliness(binary)
            let answer = try await binary.call("demo", "--headless", "--reset")
            #expect(answer.status == 1)
            #expect(answer.errors.contains("Another demo is live"))
            kill(pid, SIGTERM)
        }
        let earlier = try await awaitEnd(binary)
        _ = try await binary.calling("demo", "--headless", "--reset") { pid in
            try await awaitLiveliness(binary, besides: earlier)
            kill(pid, SIGTERM)
        }
        _ = try await awaitEnd(binary)
    }
}
