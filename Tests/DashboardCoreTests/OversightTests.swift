import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// A cancel says beforehand whether processes will end or only a status will change.
@Suite struct OversightTests {
    private func prompt(_ oversight: [String: Oversight], _ select: [String]) -> String {
        var scene = Scene.opened([
            .make("a", status: .running, at: 9), .make("b", status: .running, at: 8),
            .make("c", status: .running, at: 7), .make("kid", status: .running, parent: "a", at: 9),
        ])
        scene.world.oversight = oversight
        for id in select {
            scene.select(id)
            if select.count > 1 { scene.type(" ") }
        }
        scene.type("c")
        scene.settle()
        return scene.screen.split { $0 == "\n" || $0 == "│" || $0 == " " }.joined(separator: " ")
    }

    @Test(
        arguments: [
            (.supervised, "Its processes are asked to end, and killed after 10 s."),
            (.unsupervised, "Nothing supervises it: only the status changes, no process ends."),
            (
                .silent(90_000),
                "Its supervisor has been silent for 1 m: the status changes, its processes may stay."
            ),
        ] as [(Oversight, String)])
    func ofOne(oversight: Oversight, sentence: String) {
        #expect(prompt(["b": oversight], ["b"]).contains(sentence))
    }

    @Test(
        arguments: [
            (.proven, "its processes are ended from here, since a record of this host proves whose they are."),
            (.gone, "nothing of its command runs any more, so only the status changes."),
            (
                .unproven(pid: 77),
                "only the status changes. Process 77 is left alone, since no record of this host proves that it is this "
                    + "run's."
            ),
            (
                .elsewhere("gpu7"),
                "only the status changes. A cancel on gpu7 itself would end its processes; no other host can."
            ),
            (.supervised, "it still runs on this host, and ends its processes once it answers again."),
            (.hidden, "only the status changes. Its processes can't be seen from here."),
        ] as [(CommandReach, String)])
    func aSilentSupervisorHasAReason(reach: CommandReach, sentence: String) {
        let text = prompt(["b": .silent(90_000, reach: reach)], ["b"])
        #expect(text.contains("Its supervisor has been silent for 1 m: \(sentence)"), "\(text)")
    }

    @Test func ofSeveral() {
        #expect(prompt([:], ["b", "c"]).contains("Their processes are asked to end, and killed after 10 s."))
        #expect(
            prompt(["b": .unsupervised, "c": .unsupervised], ["b", "c"]).contains(
                "Nothing supervises them: only the status"))
        let mixed = prompt(["b": .unsupervised], ["b", "c"])
        #expect(mixed.contains("1 of 2 is supervised, and its processes end; of the rest only the status changes."))
    }

    @Test func ofChildren() {
        #expect(prompt([:], ["a"]).contains("1 child run is active too."))
        #expect(prompt(["kid": .unsupervised], ["a"]).contains("1 child run is active too, unsupervised."))
        #expect(
            OversightText.ofChildren([.supervised, .unsupervised])
                == " 2 child runs are active too, 1 of them supervised.")
        #expect(OversightText.ofChildren([.unsupervised, nil]) == " 2 child runs are active too.", "not all is known")
    }

    @Test func detailsTellWhoSupervises() {
        let now = Clock.start
        let supervisor = Supervisor(host: "h", process: ProcessStamp(pid: 1, startTicks: 1, bootID: "b"))
        var details = RunDetails(run: .make("a"))
        #expect(Oversight(details.supervisor, at: now) == .unsupervised)
        details.supervisor = SupervisorState(supervisor: supervisor, lastHeartbeat: now)
        #expect(Oversight(details.supervisor, at: now) == .supervised)
        #expect(Oversight(details.supervisor, at: now.advanced(byMilliseconds: 60_000)) == .silent(60_000))
        details.supervisor?.exit = .status(0)
        #expect(Oversight(details.supervisor, at: now) == .unsupervised)
    }
}
