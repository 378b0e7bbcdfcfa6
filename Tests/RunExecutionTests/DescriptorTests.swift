import Foundation
import RunExecution
import RunModel
import RunServices
import TestSupport
import Testing

/// In processes of their own, where no other test opens anything.
@Suite struct DescriptorTests {
    private static func openDescriptors() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    }

    @Test func nothingStaysOpenAfterCommandsThatDoNotStart() async {
        await #expect(processExitsWith: .success) {
            let store = try await TemporaryStore()
            let script = try store.file("script", Array("#!/no/such/interpreter\n".utf8), mode: 0o700)
            func startAll() async throws {
                for command in [["no-such-command"], [script], ["true"]] {
                    _ = try await CommandSupervisor(
                        service: store.service, request: store.request(command), records: .none
                    ).run()
                }
                // A run that is over before its command starts.
                let service = RefusingService(store.service)
                service.refusesStart = true
                _ = try await CommandSupervisor(
                    service: service, request: store.request(["true"]), records: .none
                ).run()
            }
            // The store keeps the logs that it wrote last open, sixteen at the most.
            for _ in 0..<6 { try await startAll() }
            let before = try DescriptorTests.openDescriptors()
            for _ in 0..<10 { try await startAll() }
            let isClean = try await eventually { try DescriptorTests.openDescriptors() <= before }
            #expect(isClean)
        }
    }
}
