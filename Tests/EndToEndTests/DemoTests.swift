import TestSupport
import Testing

extension EndToEndTests {
    /// A newcomer's first minute.
    @Suite struct Demo {
        @Test func showsParentsWithChildrenAndLeavesNoProcess() async throws {
            try await Workbench.open { bench in
                let terminal = try await bench.terminal("demo", "--reset")
                try await terminal.wait(for: "● Running", "▾ hello_with_chi")
                try await terminal.wait(for: "● Running", " child 0")
                try await terminal.wait(for: "✗ Failed", "bad_script")
                try await terminal.wait(for: "sweep-lr")
                try await terminal.press("q")
                #expect(try await terminal.ending() == 0)
                let left = bench.processes().filter { $0.arguments.first?.hasSuffix("runwatch") == true }
                #expect(left == [])
            }
        }
    }
}
