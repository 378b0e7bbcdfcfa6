import Foundation
import Testing

extension EndToEndTests {
    /// The dashboard as a configuration file makes it.
    @Suite struct UserSettings {
        private static func write(_ text: String, _ bench: Workbench) throws {
            let folder = bench.directory + "/.config/runwatch"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/config.yaml"))
        }

        @Test func `services have names, to go to one from another, and one may be looked at only`() async throws {
            try await Workbench.open { bench in
                try await bench.runwatch("exec", "--store", bench.directory + "/first", "--name", "one", "--", "true")
                try await bench.runwatch("exec", "--store", bench.directory + "/second", "--name", "two", "--", "true")
                try Self.write(
                    """
                    service: first
                    services:
                      first: ~/first
                      second:
                        address: ~/second
                        read-only: true
                      lost: ~/nowhere
                    """, bench)
                let terminal = try await bench.terminal("--interval", "0.2")
                try await terminal.wait(for: "local ~/first (first, config.yaml)")
                try await terminal.wait(for: "✓ Completed", "one")

                try await terminal.press(":")
                try await terminal.type("service second")
                try await terminal.press("Enter")
                try await terminal.wait(for: "read-only", "local ~/second (second, config.yaml)")
                try await terminal.wait(for: "✓ Completed", "two")
                try await terminal.press("f")
                try await terminal.wait(for: "This run service is opened to look only")

                try await terminal.press("S")
                try await terminal.wait(for: "local", "~/first", "first, config.yaml")
                try await terminal.wait(for: "local", "~/nowhere", "lost, config.yaml")
                try await terminal.wait(for: "local", "~/data/runwatch", "default")
                try await terminal.press("Escape")
                try await terminal.wait(forAbsenceOf: "lost, config.yaml")

                try await terminal.press(":")
                try await terminal.type("service lost")
                try await terminal.press("Enter")
                try await terminal.wait(for: "config.yaml:7: There is nothing at ~/nowhere")
                try await terminal.wait(for: "✓ Completed", "two")
            }
        }

        @Test func `keys, columns and the order are those of the file, and an option goes before it`() async throws {
            try await Workbench.open { bench in
                for (name, loss) in [("a", "0.5"), ("b", "0.25"), ("c", "0.75")] {
                    let log = "'\(Workbench.binary)' log loss=\(loss) acc=0.9"
                    try await bench.runwatch("exec", "--name", name, "--", "sh", "-c", log)
                }
                try Self.write(
                    """
                    columns: [acc]
                    sort: loss desc
                    limit: 2
                    keys:
                      zoom: f
                      fail: X
                      help: [F1, ctrl-g]
                    """, bench)
                let terminal = try await bench.terminal("--interval", "0.2", "--limit", "3")
                let screen = try await terminal.wait(until: "three runs by loss") { screen in
                    let order = screen.rows.compactMap { row in
                        ["a", "b", "c"].first { row.contains("✓ Completed  \($0)  ") }
                    }
                    return order == ["c", "a", "b"]
                }
                #expect(screen.rows.contains { $0.contains("RUN") && $0.contains("acc") && !$0.contains("loss") })
                #expect(screen.rows.contains { $0.contains("X fail") && $0.contains("F1 help") })
                try await terminal.press("f")
                try await terminal.wait(forAbsenceOf: "Experiments")
                try await terminal.press("f")
                try await terminal.wait(for: "Experiments")
                try await terminal.press("C-g")
                try await terminal.wait(for: "X", "mark the run failed")
            }
        }

        @Test func `a configuration with mistakes is told before the screen opens`() async throws {
            try await Workbench.open { bench in
                try Self.write("intervall: 2\nkeys:\n  cancel: k\n", bench)
                let terminal = try await bench.terminal()
                let screen = try await terminal.wait(for: "ended with status 2")
                #expect(screen.contains("config.yaml:1: there is no setting “intervall”; did you mean interval?"))
                try Self.write("keys:\n  cancel: k\n", bench)
                let answer = try await bench.call(Workbench.binary, ["--interval", "1"])
                #expect(answer.status == 2)
                #expect(
                    answer.errors == """
                        Error: ~/.config/runwatch/config.yaml:2: keys.cancel: “k” is the key of up already; take another, \
                        or give up other keys too.

                        """)
            }
        }
    }
}
