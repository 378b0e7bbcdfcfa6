import DashboardCore
import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardRuntime

/// Leaving while a command is under way.
@MainActor
@Suite struct LeavingTests {
    /// A rig whose person has confirmed the cancel of run a, which the service has got and does not answer.
    private static func steering(_ service: GatedService) async throws -> Rig {
        let rig = try Rig(service)
        await eventually("rows") { rig.terminal.shown.contains("run a") }
        rig.type("c")
        await eventually("the prompt") { rig.terminal.shown.contains("y yes") }
        await eventually("y is heard") {
            rig.type("y")
            return await service.steered == [RunID("a")]
        }
        return rig
    }

    /// The service never answers: only a dashboard that does not wait for it comes to its end.
    @Test func aCommandThatHangsKeepsNobodyAndIsTold() async throws {
        let service = GatedService(runs: [.make("a")], holdsCommands: true)
        let rig = try await Self.steering(service)
        rig.type("q")
        #expect(await rig.end() == .quitUnconfirmed)
        #expect(rig.terminal.closings == 1)
        #expect(rig.program.unconfirmed.count == 1)
        let sentence = rig.program.unconfirmed.first ?? ""
        for part in ["Not confirmed: cancelling “run a” (a)", "fake nowhere"] { #expect(sentence.contains(part)) }
        await service.releaseCommands()
    }

    @Test func controlCTwiceLeavesAsWell() async throws {
        let service = GatedService(runs: [.make("a")], holdsCommands: true)
        let rig = try await Self.steering(service)
        rig.type(.control("c"), .control("c"))
        #expect(await rig.end() == .quitUnconfirmed)
        await service.releaseCommands()
    }

    @Test func whatWasConfirmedIsNotTold() async throws {
        let service = GatedService(runs: [.make("a")])
        let rig = try await Self.steering(service)
        await eventually("the answer") { rig.terminal.shown.contains("Canceled") }
        rig.type("q")
        #expect(await rig.end() == .quit)
        #expect(rig.program.unconfirmed == [])
    }
}

/// One metric that is refused among others.
@Suite struct SeriesReaderTests {
    private static func keys(_ names: some Sequence<String>) -> [MetricSeriesKey] {
        names.map { MetricSeriesKey(run: RunID("a"), metric: $0) }
    }

    @Test func whatIsRefusedIsSingledOut() async throws {
        let names = (0..<100).map { "m\($0)" }
        let service = GatedService(refusedMetrics: ["m17": .invalid, "m80": .notFound])
        let answer = try await SeriesReader(service: service, maxPoints: 10).read(Self.keys(names))
        #expect(Set(answer.refused.keys) == Set(Self.keys(["m17", "m80"])))
        #expect(answer.series.map(\.key) == Self.keys(names.filter { !["m17", "m80"].contains($0) }))
        #expect(await service.seriesReads <= 40)
    }

    @Test func wholeServicesThatRefuseAreNotAskedForEver() async throws {
        let names = (0..<1_000).map { "m\($0)" }
        let refused = Dictionary(uniqueKeysWithValues: names.map { ($0, RunServiceError.Code.unexpectedResponse) })
        let service = GatedService(refusedMetrics: refused)
        let answer = try await SeriesReader(service: service, maxPoints: 10).read(Self.keys(names))
        #expect(answer.refused.count == 1_000)
        #expect(await service.seriesReads <= 40)
    }

    @Test func aServiceThatIsAwayFailsAsAWhole() async throws {
        let service = GatedService(refusedMetrics: ["m1": .unavailable])
        await #expect(throws: RunServiceError.self) {
            try await SeriesReader(service: service, maxPoints: 10).read(Self.keys(["m0", "m1"]))
        }
        #expect(await service.seriesReads == 1)
    }
}
