import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// What the screen makes of the answers to commands.
extension SteeringTests {
    @Test func cancelShowsAtOnceAndUntilTheAnswer() {
        var scene = Self.scene("child2")
        scene.type("c")
        scene.settle()
        scene.wait(1_000)
        scene.type("y")
        #expect(scene.screen.contains("Canceling"))
        #expect(scene.dashboard.list.table[RunID("child2")]?.status == .queued)
        scene.world.failures[.steer] = RunServiceError(.forbidden, "You may not cancel this run.")
        scene.settle()
        #expect(scene.dashboard.notice?.text == "You may not cancel this run.")
        #expect(!scene.screen.contains("Canceling"))
    }

    @Test func anAnswerDoesNotForgetOtherCommandsUnderWay() {
        var scene = Self.scene("child2")
        for run in ["child2", "grandchild"] {
            scene.press(.home)
            while scene.selected != run { scene.press(.down) }
            scene.type("c")
            while let effect = scene.pending.first {
                if case .steer = effect { break }
                scene.answerNext()
            }
            scene.wait(1_000)
            if run == "grandchild" {
                scene.send(
                    .inspected([RunID(run)], .success(Inspection(runs: [Self.family[3]], activeDescendants: []))))
            }
            scene.wait(1_000)
            scene.type("y")
        }
        #expect(scene.dashboard.inFlight.count == 2)
        scene.answerNext()
        #expect(scene.dashboard.inFlight.keys.map(\.text) == ["grandchild"])
    }

    @Test func severalResultsAreReportedRunByRun() {
        var scene = Self.scene("done")
        scene.type(" ")
        scene.select("child2")
        scene.type(" C")
        scene.settle()
        scene.wait(1_000)
        scene.type("y")
        let refusal = RunServiceError(.conflict, "The run is Canceled.")
        scene.send(
            .steered(
                .complete,
                [
                    SteeringOutcome(run: RunID("child2"), result: .success([])),
                    SteeringOutcome(run: RunID("parent"), result: .failure(refusal)),
                ]))
        guard case .reporting(let report) = scene.dashboard.mode else {
            Issue.record("no report")
            return
        }
        #expect(report.title == "1 done, 1 refused")
        #expect(report.lines == ["parent: The run is Canceled."])
        #expect(scene.dashboard.list.marks == [RunID("parent")], "those that failed stay marked, to try again")
    }

    @Test func aReportWaitsWhileAPersonTypes() {
        var scene = Self.scene("done")
        scene.type("/pa")
        scene.send(
            .steered(
                .complete,
                (0..<2).map { number in
                    SteeringOutcome(run: RunID("r\(number)"), result: .failure(World.down))
                }))
        scene.type("rent")
        #expect(scene.dashboard.filterText == "parent")
        scene.press(.enter)
        guard case .reporting = scene.dashboard.mode else {
            Issue.record("the report never came")
            return
        }
    }

    @Test func anAnswerOlderThanAPollChangesNothing() throws {
        var scene = Self.scene("child2")
        scene.type("c")
        scene.settle()
        scene.wait(1_000)
        scene.type("y")
        let held = scene.holdNext()
        let answer = try #require(held)
        // The run ends, and a poll says so, before the slow command of several runs is answered.
        scene.world.change("child2") { $0.status = .canceled }
        scene.poll()
        #expect(scene.dashboard.list.table[RunID("child2")]?.status == .canceled)
        scene.send(answer)
        scene.settle()
        #expect(scene.dashboard.list.table[RunID("child2")]?.status == .canceled)
    }

    @Test func readOnlySaysSoAndSendsNothing() {
        var scene = Scene.opened(
            Self.family, capabilities: Capabilities().readOnly(because: "Started with --read-only."))
        for key in ["c", "f", "C", "t", ":cancel\n", ":tags\n"] {
            for character in key { scene.press(character == "\n" ? .enter : .character(character)) }
            #expect(scene.dashboard.mode == .browsing, "\(key)")
            #expect(scene.dashboard.notice?.text == "Started with --read-only.", "\(key)")
        }
        #expect(scene.effects == [])
        #expect(scene.screen.contains("read-only"))
        #expect(!scene.screen.contains("c cancel"))
    }

    @Test func anEmptyListHasNoTarget() {
        var scene = Self.scene()
        scene.type("/nothing has this name")
        scene.press(.enter)
        scene.type("c")
        #expect(confirmation(scene) == nil, "the selected run is not on screen")
        #expect(scene.effects == [])
        #expect(scene.dashboard.notice?.kind == .refused)
        scene.press(.escape)
        #expect(scene.selected == "parent", "and comes back with the rows")
    }
}
