import TestSupport
import Testing

extension EndToEndTests {
    /// Steering real processes by keyboard.
    @Suite struct Steering {
        @Test func cancelEndsTheProcessAndItsGrandchild() async throws {
            try await Workbench.open { bench in
                try await bench.startRun("stuck", "sh -c 'sleep 7654 & wait' & sleep 7655")
                let terminal = try await bench.terminal("--interval", "0.2")
                try await terminal.wait(for: "● Running", "stuck")
                _ = try await eventually("both sleeps run") {
                    bench.processes(with: "7654").isEmpty || bench.processes(with: "7655").isEmpty ? nil : true
                }
                try await terminal.press("c")
                try await terminal.wait(for: "Cancel “stuck”?")
                try await terminal.wait(for: "y yes", "n no")
                try await terminal.press("y", until: "the question is answered") { !$0.contains("Cancel “stuck”?") }
                try await terminal.wait(for: "⊘ Canceled", "stuck")
                // Canceled says that the whole group is gone, so there is nothing to wait for.
                #expect(bench.processes(with: "7654") == [])
                #expect(bench.processes(with: "7655") == [])
            }
        }

        @Test func aSecondCancelKillsWhatDoesNotEnd() async throws {
            try await Workbench.open { bench in
                let script = "trap '' TERM; while :; do sleep 0.1; done"
                try await bench.runwatch(
                    "exec", "--detach", "--name", "deaf", "--grace", "3600", "--", "bash", "-c", script, "7656")
                let terminal = try await bench.terminal("--interval", "0.2")
                try await terminal.wait(for: "● Running", "deaf")
                try await terminal.press("c")
                try await terminal.wait(for: "killed after 1 h.")
                try await terminal.press("y", until: "the question is answered") { !$0.contains("Cancel “deaf”?") }
                try await terminal.wait(for: "stopping, 59 m left")
                try await terminal.press("c")
                try await terminal.wait(for: "Kill “deaf”?")
                try await terminal.press("Enter", "c")
                #expect(!bench.processes(with: "7656").isEmpty)
                try await terminal.press("y", until: "the question is answered") { !$0.contains("Kill “deaf”?") }
                try await terminal.wait(for: "⊘ Canceled", "deaf")
                #expect(bench.processes(with: "7656") == [])
            }
        }

        @Test func enterConfirmsNothing() async throws {
            try await Workbench.open { bench in
                try await bench.startRun("precious", "sleep 7653")
                let terminal = try await bench.terminal("--interval", "0.2")
                try await terminal.wait(for: "● Running", "precious")
                try await terminal.press("c")
                try await terminal.wait(for: "y yes", "n no")
                try await terminal.press("Enter", "Enter", "c", "Space")
                // A paste in the terminal's own brackets, as a slip of the mouse sends it.
                try await terminal.paste("y\n")
                try await terminal.press("n")
                try await terminal.wait(for: "Nothing was changed.")
                try await terminal.wait(for: "● Running", "precious")
                #expect(bench.processes(with: "7653").count == 1)
            }
        }

        @Test func failsWithAMessageAndCompletes() async throws {
            try await Workbench.open { bench in
                try await bench.runwatch("exec", "--name", "wrong", "--", "true")
                let terminal = try await bench.terminal("--interval", "0.2")
                try await terminal.wait(for: "✓ Completed", "wrong")
                try await terminal.press("f")
                try await terminal.wait(for: "why did wrong fail?")
                try await terminal.type("the wrong script")
                try await terminal.press("Enter")
                try await terminal.wait(for: "With the message “the wrong script”.")
                try await terminal.press("y", until: "the question is answered") { !$0.contains("y yes") }
                try await terminal.wait(for: "✗ Failed", "wrong")
                try await terminal.press("1")
                try await terminal.wait(for: "the wrong script")
                // Failed is final, and a person is told so.
                try await terminal.press("C")
                try await terminal.wait(for: "“wrong” is Failed; it can't be")
            }
        }

        @Test func completesARunningRun() async throws {
            try await Workbench.open { bench in
                try await bench.startRun("endless", "sleep 7652")
                let terminal = try await bench.terminal("--interval", "0.2")
                try await terminal.wait(for: "● Running", "endless")
                try await terminal.press("C")
                try await terminal.wait(for: "Mark as completed “endless”?")
                try await terminal.press("y", until: "the question is answered") { !$0.contains("y yes") }
                try await terminal.wait(for: "✓ Completed", "endless")
            }
        }

        @Test func cancelsAllMarkedRunsAtOnce() async throws {
            try await Workbench.open { bench in
                for (name, seconds) in [("one", 7641), ("two", 7642), ("three", 7643)] {
                    try await bench.startRun(name, "exec sleep \(seconds)")
                }
                let terminal = try await bench.terminal("--interval", "0.2")
                try await terminal.wait(for: "3 active")
                try await terminal.press("/")
                try await terminal.type("name ~ \"^t\"")
                try await terminal.press("Enter")
                try await terminal.wait(for: "2 of 3")
                try await terminal.press("*")
                try await terminal.wait(for: "cancel marked")
                try await terminal.press("c")
                try await terminal.wait(for: "Cancel 2 runs?")
                try await terminal.press("y", until: "the question is answered") { !$0.contains("y yes") }
                try await terminal.wait(for: "1 active", "2 canceled")
                #expect(bench.processes(with: "7641").count == 1)
                #expect(bench.processes(with: "7642") == [])
                #expect(bench.processes(with: "7643") == [])
            }
        }

        @Test func cancelsAParentWithItsChildren() async throws {
            try await Workbench.open { bench in
                try await bench.startRun("parent", "'\(Workbench.binary)' exec --name child -- sleep 7651")
                let terminal = try await bench.terminal("--interval", "0.2")
                try await terminal.wait(for: "● Running", "└ child")
                try await terminal.press("g", "c")
                try await terminal.wait(for: "a with its child run")
                try await terminal.press("a", until: "the question is answered") { !$0.contains("n no") }
                try await terminal.wait(for: "⊘ Canceled", "parent")
                try await terminal.wait(for: "⊘ Canceled", "└ child")
                #expect(bench.processes(with: "7651") == [])
            }
        }

        @Test(arguments: ["c", "f", "C", "t"])
        func readOnlyRefuses(key: String) async throws {
            try await Workbench.open { bench in
                try await bench.startRun("precious", "sleep 7650")
                let terminal = try await bench.terminal("--read-only", "--interval", "0.2")
                try await terminal.wait(for: "● Running", "precious")
                try await terminal.wait(for: "read-only")
                try await terminal.press(key)
                try await terminal.wait(for: "runwatch was started with --read-only.")
                #expect(bench.processes(with: "7650").count == 1)
            }
        }
    }
}
