import Testing

extension EndToEndTests {
    /// Looking at runs: they come by themselves, fold, filter and sort.
    @Suite struct Watching {
        @Test func saysWhatToDoWhereNoRunsAre() async throws {
            try await Workbench.open { bench in
                let terminal = try await bench.terminal()
                try await terminal.wait(for: "No runs yet")
                try await terminal.wait(for: "runwatch exec -- python train.py")
            }
        }
    }
}
