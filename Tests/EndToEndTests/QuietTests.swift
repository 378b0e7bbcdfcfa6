import Testing

extension EndToEndTests {
    /// What the dashboard does when nothing happens: nothing.
    @Suite struct Quiet {
        @Test func sendsNoByteWhileNothingChanges() async throws {
            try await Workbench.open { bench in
                try await bench.runwatch("exec", "--name", "done", "--", "true")
                let terminal = try await bench.terminal("--interval", "0.5")
                try await terminal.wait(for: "✓ Completed", "done")
                let path = try await terminal.recordBytes()
                // The pace of the polls may still be told once; two quiet seconds are four ticks.
                let clock = ContinuousClock()
                let deadline = clock.now + TerminalSession.patience
                var quietSince = clock.now
                var seen = FileBytes.read(path)?.count
                while clock.now - quietSince < .seconds(2) {
                    try #require(clock.now < deadline, "never quiet")
                    try await Task.sleep(for: .milliseconds(100))
                    let now = FileBytes.read(path)?.count
                    if now != seen { quietSince = clock.now }
                    seen = now
                }
                // Proof that bytes would have been seen.
                try await terminal.press("?")
                try await terminal.wait(for: "Moving")
                #expect((FileBytes.read(path)?.count ?? 0) > (seen ?? 0))
            }
        }
    }
}
