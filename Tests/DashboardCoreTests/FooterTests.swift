import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// What is wrong is told to its end, at the cost of the reminder of keys.
@Suite struct FooterTests {
    private static let sentence = "The MLflow server at tracking.example.com does not take connections; is it running?"

    private func stale(columns: Int, rows: Int) -> Scene {
        var scene = Scene.opened([.make("a", status: .running)], size: Size(columns: columns, rows: rows))
        scene.world.failures[.poll] = RunServiceError(.unavailable, Self.sentence)
        scene.poll()
        // Longer than the wait before the next try, which differs from run to run.
        scene.wait(185_000)
        scene.send(.elapsed)
        return scene
    }

    @Test func onOneLineWhereThereIsRoom() {
        let lines = stale(columns: 120, rows: 40).screen.split(separator: "\n")
        #expect(lines.last?.hasSuffix("stale 3 m · \(Self.sentence) · retrying") == true)
    }

    @Test func onBothLinesOfASmallScreen() {
        let lines = stale(columns: 80, rows: 24).screen.split(separator: "\n")
        #expect(lines.dropLast().last?.hasPrefix(" stale 3 m · The MLflow server at") == true)
        #expect(lines.last?.hasSuffix("is it running? · retrying") == true)
    }

    @Test func anAnswerToAPersonKeepsItsPlace() {
        for size in [(120, 40), (80, 24)] {
            var scene = stale(columns: size.0, rows: size.1)
            scene.press(.character("O"))
            let notice = scene.dashboard.notice?.text
            #expect(notice != nil && scene.screen.contains(notice ?? ""))
            #expect(scene.screen.contains("stale 3 m"))
        }
    }
}
