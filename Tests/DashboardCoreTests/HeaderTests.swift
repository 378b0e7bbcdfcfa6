import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// The top line says which service this is and why, whatever the width.
@Suite struct HeaderTests {
    private static let statuses: [(RunStatus, Int)] = [
        (.running, 4), (.queued, 1), (.completed, 20), (.failed, 3), (.canceled, 2),
    ]

    private func header(
        _ width: Int, _ location: String, _ reason: String = "MLFLOW_TRACKING_URI", glyphs: Glyphs = .unicode
    ) -> String {
        var runs: [Run] = []
        for (status, count) in Self.statuses {
            for index in 0..<count { runs.append(.make("\(status.word)\(index)", status: status)) }
        }
        var world = World()
        world.description = ServiceDescription(kind: "mlflow", location: location, reason: reason)
        let scene = Scene.opened(runs, size: Size(columns: width, rows: 20), glyphs: glyphs, world: world)
        return scene.dashboard.render().rowText(0)
    }

    @Test(arguments: [
        (
            140,
            " runwatch  mlflow http://tracking.example.org:5000 (MLFLOW_TRACKING_URI)         "
                + "4 active · 1 queued · 20 completed · 3 failed · 2 canceled"
        ),
        (
            120,
            " runwatch  mlflow http://tracking.example.org:5000 (MLFLOW_TRACKING_URI)                        "
                + "4 active · 1◌ 20✓ 3✗ 2⊘"
        ),
        (92, " runwatch  mlflow http://tracking.example.… (MLFLOW_TRACKING_URI)   4 active · 1◌ 20✓ 3✗ 2⊘"),
        (80, " runwatch  mlflow http://tracking.example.org… (MLFLOW_TRACKING_URI)   4 active"),
        (70, " runwatch  mlflow http://tracking.e… (MLFLOW_TRACKING_URI)   4 active"),
        (60, " runwatch  mlflow http://trackin…   4 active · 1◌ 20✓ 3✗ 2⊘"),
        (50, " runwatch  mlflow http://tracking.exa…   4 active"), (40, " runwatch                      4 active"),
    ])
    func theLocationGivesWayThenCountsThenTheReason(width: Int, expected: String) {
        let text = header(width, "http://tracking.example.org:5000")
        #expect(text == expected)
        #expect(TerminalText.width(of: text) <= width)
    }

    @Test func ofAPathTheEndIsKept() {
        let text = header(80, "~/projects/speech/recognition/mlflow.db", "in this directory")
        #expect(text.contains("…"))
        #expect(text.contains("recognition/mlflow.db (in this directory)"))
    }

    @Test func hostileTextIsVisibleAndOnOneLine() {
        for width in 20...160 {
            for glyphs in [Glyphs.unicode, .ascii] {
                let text = header(width, "/tmp/\u{1B}]0;x\u{7}\n日本語\u{202E}/mlruns", "why\u{1B}[2J\n", glyphs: glyphs)
                #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{202E}" })
                #expect(TerminalText.width(of: text) <= width)
            }
        }
    }
}
