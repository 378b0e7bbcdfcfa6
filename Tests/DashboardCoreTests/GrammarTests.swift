import RunModel
import RunServices
import Testing

@testable import DashboardCore

/// Sentences with a number in them are right for one as well.
@Suite struct GrammarTests {
    @Test func counts() {
        #expect(Counted.text(0, "run") == "0 runs")
        #expect(Counted.text(1, "run") == "1 run")
        #expect(Counted.text(2, "run") == "2 runs")
        #expect(Counted.text(Int64(1), "process", plural: "processes") == "1 process")
        #expect(Counted.text(5, "process", plural: "processes") == "5 processes")
        #expect(Counted.word(1, "is", plural: "are") == "is")
    }

    @Test(arguments: [(1, "1 run is hidden"), (2, "2 runs are hidden")])
    func hiddenRuns(count: Int, sentence: String) {
        var scene = Scene.opened((0..<count).map { .make("r\($0)") })
        scene.type("/nothing")
        scene.settle()
        #expect(scene.screen.contains(sentence))
    }

    @Test func whatIsEnding() {
        let ending = Run.make("a", status: .cancelRequested)
        let over = Run.make("b", status: .canceled)
        let cancel = Steering.cancel(includingDescendants: true)
        #expect(cancel.sentence(about: [ending, over]) == "Canceling 2 runs: 1 is ending.")
        #expect(cancel.sentence(about: [ending, ending, over]) == "Canceling 3 runs: 2 are ending.")
        #expect(cancel.sentence(about: [over]) == "Canceled “b”.")
        #expect(OversightText.ofChildren([.supervised]) == " 1 child run is active too.")
    }
}
