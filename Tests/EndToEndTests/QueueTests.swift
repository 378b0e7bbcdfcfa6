import TestSupport
import Testing

extension EndToEndTests {
    /// The queues of this machine by keyboard.
    @Suite struct Queues {
        @Test func theOrderIsChangedAndARunTakenOut() async throws {
            try await Workbench.open { bench in
                func queue(_ name: String, _ seconds: String) async throws {
                    try await bench.runwatch(
                        "exec", "--detach", "--queue", "gpu", "--name", name, "--", "sleep", seconds)
                }
                try await queue("holder", "7671")
                for (name, seconds) in [("first", "7672"), ("second", "7673"), ("third", "7674")] {
                    try await queue(name, seconds)
                }
                func sleeps(_ seconds: String) -> Bool {
                    bench.processes(with: seconds).contains { $0.arguments == ["sleep", seconds] }
                }
                let terminal = try await bench.terminal("--interval", "0.2")
                try await terminal.wait(for: "1 active", "3 queued")
                try await terminal.press("Q")
                try await terminal.wait(for: "1 of 1 slot taken", "3 waiting")
                try await terminal.press("G", "K", "K")
                try await terminal.wait(for: "1  ◌ Queued", "third", "next")
                try await terminal.press("J")
                try await terminal.wait(for: "2  ◌ Queued", "third", "behind 1 run")
                try await terminal.press("d")
                try await terminal.wait(for: "Cancel “third”?")
                try await terminal.wait(for: "It waits for its turn, and will not start.")
                try await terminal.press("y", until: "the question is answered") { !$0.contains("Cancel “third”?") }
                try await terminal.wait(for: "1 canceled")
                try await terminal.wait(for: "1 of 1 slot taken", "2 waiting")
                #expect(!sleeps("7674"))
                // The holder's end starts the first, and nothing else.
                try await terminal.press("g", "c")
                try await terminal.wait(for: "Cancel “holder”?")
                try await terminal.press("y", until: "the question is answered") { !$0.contains("Cancel “holder”?") }
                try await terminal.wait(for: "2 canceled")
                try await terminal.wait(for: "1 of 1 slot taken", "1 waiting")
                _ = try await eventually("the first runs") { sleeps("7672") ? true : nil }
                #expect(!sleeps("7673"))
                try await terminal.press("+")
                try await terminal.wait(for: "2 of 2 slots taken")
                _ = try await eventually("the second runs") { sleeps("7673") ? true : nil }
                try await terminal.press("q")
                try await terminal.wait(forAbsenceOf: "Queues of this machine")
            }
        }
    }
}
