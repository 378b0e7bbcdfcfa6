import Testing

extension EndToEndTests {
    /// The tag editor, and what another process then finds in the store.
    @Suite struct Tags {
        @Test func addsChangesAndDeletes() async throws {
            try await Workbench.open { bench in
                try await bench.runwatch("exec", "--name", "tagged", "--", "true")
                let terminal = try await bench.terminal("--interval", "0.2")
                try await terminal.wait(for: "✓ Completed", "tagged")
                try await terminal.press("t")
                try await terminal.wait(for: "No tags yet; a adds one.")
                try await terminal.press("a")
                try await terminal.wait(for: "add:")
                try await terminal.type("quality=great run")
                try await terminal.press("Enter")
                try await terminal.wait(for: "quality  great run")

                try await terminal.press("Enter")
                try await terminal.wait(for: "quality = great run")
                try await terminal.press("C-u")
                try await terminal.type("fantastic")
                try await terminal.press("Enter")
                try await terminal.wait(for: "quality  fantastic")

                try await terminal.press("a")
                try await terminal.wait(for: "add:")
                try await terminal.type("worth another look")
                try await terminal.press("Enter")
                try await terminal.wait(for: "worth another look")

                try await terminal.press("g", "d")
                try await terminal.wait(for: "Delete the tag “quality”?")
                try await terminal.press("Enter")
                try await terminal.wait(forAbsenceOf: "Delete the tag")
                try await terminal.wait(for: "quality", "fantastic")
                try await terminal.press("d")
                try await terminal.wait(for: "Delete the tag “quality”?")
                try await terminal.press("y")
                try await terminal.wait(forAbsenceOf: "fantastic")
                try await terminal.press("Escape")
                try await terminal.wait(forAbsenceOf: "Tags of “tagged”")
                try await terminal.wait(for: "✓ Completed", "worth anoth")
            }
        }

        @Test func tellsAKeyOnlyTagFromAnEmptyValue() async throws {
            try await Workbench.open { bench in
                try await bench.runwatch("exec", "--name", "tagged", "--", "true")
                let terminal = try await bench.terminal("--interval", "0.2")
                try await terminal.wait(for: "tagged")
                for line in ["bare", "empty="] {
                    try await terminal.press("t")
                    try await terminal.wait(for: "Tags of “tagged”")
                    try await terminal.press("a")
                    try await terminal.wait(for: "add:")
                    try await terminal.type(line)
                    try await terminal.press("Enter")
                    try await terminal.wait(for: "Changed the tags of “tagged”.")
                    try await terminal.press("Escape")
                    try await terminal.wait(forAbsenceOf: "Tags of “tagged”")
                }
                let expected: [String: String?] = ["bare": nil, "empty": ""]
                #expect(try await bench.tags() == expected)
            }
        }
    }
}
