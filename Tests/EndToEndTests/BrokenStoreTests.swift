import Glibc
import Testing

extension EndToEndTests {
    /// A store that can't be opened is explained in a sentence, before the screen is taken.
    @Suite struct BrokenStores {
        @Test func corrupt() async throws {
            try await refuses("is not a run store; move it away, or choose another directory") { bench in
                try FileBytes.write(String(repeating: "not a database ", count: 500), to: bench.store + "/runs.db")
            }
        }

        @Test func truncated() async throws {
            try await refuses("damaged") { bench in
                #expect(truncate(bench.store + "/runs.db", 5_000) == 0)
            }
        }

        @Test func newerThanThisBinary() async throws {
            try await refuses("was written by a newer runwatch") { bench in
                try await bench.change("PRAGMA user_version = 99")
            }
        }

        @Test func unreadable() async throws {
            try await refuses("check the permissions", status: 4) { bench in
                #expect(chmod(bench.store, 0) == 0)
            }
        }

        @Test(arguments: ["/dev/null/store", "/proc/no/store"])
        func impossiblePlace(place: String) async throws {
            try await Workbench.open { bench in
                let terminal = try await bench.terminal("--store", place)
                #expect(try await terminal.ending() == 2)
                let screen = try await terminal.screen()
                #expect(screen.rows.first?.hasPrefix("Error: The run store's directory \(place)") == true)
            }
        }

        private func refuses(
            _ sentence: String, status: Int32 = 1, damage: (Workbench) async throws -> Void
        ) async throws {
            try await Workbench.open { bench in
                try await bench.runwatch("exec", "--name", "earlier", "--", "true")
                try await bench.gather()
                try await damage(bench)
                // Root may read everything unless it gives that up.
                let asOrdinaryUser = getuid() == 0 ? ["setpriv", "--bounding-set=-all"] : []
                let terminal = try await TerminalSession.start(
                    asOrdinaryUser + [Workbench.binary], on: bench, columns: 300, rows: 20, environment: [:])
                let ending = try await terminal.ending()
                chmod(bench.store, 0o700)
                #expect(ending == status)
                let screen = try await terminal.screen()
                #expect(screen.rows.first?.hasPrefix("Error: ") == true)
                #expect(screen.contains(sentence), "\(screen.text)")
                #expect(!screen.contains("Fatal error"))
                #expect(!screen.contains("0x"))
            }
        }
    }
}
