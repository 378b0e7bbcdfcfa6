import Testing

extension EndToEndTests {
    /// Charts of the children of a run, in a real terminal.
    @Suite struct OverlaidCharts {
        @Test func theChildrenOfARunAreLaidOverOneAnotherAsTheyGoOn() async throws {
            try await Workbench.open { bench in
                try await startSweep(bench)
                let terminal = try await bench.terminal("--interval", "0.2")
                try await terminal.wait(for: "child-1", "1.4")
                try await terminal.wait(for: "child-2", "2.4")
                try await terminal.press("g")
                try await terminal.wait(for: "M charts")
                try await terminal.press("M")
                try await terminal.wait(for: "Charts of 2 children of sweep", "metric 1 of 1")
                try await terminal.wait(until: "a curve with a mark for each") { screen in
                    ["●", "▲"].allSatisfy { mark in
                        screen.rows.count { $0.contains(mark) } > 1 && screen.row(with: mark, "child-") != nil
                    }
                }
                try FileBytes.write("", to: bench.directory + "/more")
                try await terminal.wait(for: "child-1", "0.01")
                try await terminal.wait(for: "child-2", "0.02")
                try await terminal.press("Y", "s", "i")
                try await terminal.wait(for: "log scale · smoothed 0.6 · at step 6")
                try await terminal.press("Home")
                try await terminal.wait(for: "child-1", "1.8 at 1")
                try await terminal.press("Escape")
                try await terminal.wait(forAbsenceOf: "at step")
                try await terminal.press("Escape")
                try await terminal.wait(for: "STATUS", "RUN")
            }
        }

        @Test func theCurvesDifferWithoutColour() async throws {
            try await Workbench.open { bench in
                try await startSweep(bench)
                let terminal = try await bench.terminal(
                    "--interval", "0.2", environment: ["LC_ALL": "C", "NO_COLOR": "1"])
                try await terminal.wait(for: "child-1", "1.4")
                try await terminal.wait(for: "child-2", "2.4")
                try await terminal.press("g")
                try await terminal.wait(for: "M charts")
                try await terminal.press("M")
                try await terminal.wait(until: "each has a mark of its own") { screen in
                    ["*", "o"].allSatisfy { mark in
                        screen.row(with: mark + " child-") != nil && screen.rows.count { $0.contains(mark) } > 3
                    }
                }
            }
        }

        /// A run with two children that log, and go on once there is a file `more`.
        private func startSweep(_ bench: Workbench) async throws {
            let log = "'\(Workbench.binary)' log"
            try FileBytes.write(
                """
                for i in 1 2 3 4 5; do \(log) loss=$1.$((9 - i)) --step $i; done
                while ! [ -e more ]; do sleep 0.05; done
                \(log) loss=0.0$1 --step 6; sleep 7639
                """, to: bench.directory + "/child.sh")
            try await bench.startRun(
                "sweep",
                "for r in 1 2; do '\(Workbench.binary)' exec --name child-$r -- sh child.sh $r & done; wait; sleep 7639"
            )
        }
    }
}
