import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// What `:service` tells of the service on screen.
@Suite struct ServiceFactsTests {
    private static func scene(_ cost: PollCost?, size: Size = Size(columns: 120, rows: 40)) -> Scene {
        var world = World()
        world.description = ServiceTests.server
        world.cost = cost
        return Scene.opened([.make("a", status: .running, at: 1)], size: size, world: world)
    }

    private static let pace = PollPace(
        byteLimit: 24_000, usualActiveRuns: 3, activeRuns: 290, activeRound: 20, revisitedRuns: 45, revisitRound: 13)

    /// What the dialog says, its lines joined.
    private func said(_ scene: Scene) -> String {
        ServiceFacts.lines(scene.dashboard, width: 90).map { $0.pieces.map(\.text).joined(separator: " ") }
            .joined(separator: " ")
    }

    @Test func requestsBytesAndAgeOfTheLastPollAndOfAll() {
        var scene = Self.scene(PollCost(requests: 4, bytes: 5_200, pace: Self.pace))
        scene.poll()
        scene.wait(1_000)
        scene.type("S")
        for part in [
            "4 requests, 5.2 kB, 14 ms, 1 s ago", "every 2 s; 2 answered since 09:00:00", "8 requests, 10.4 kB",
        ] {
            #expect(scene.screen.contains(part), "\(part) in \(scene.screen)")
        }
    }

    @Test func theBoundAndWhatFollows() {
        let scene = Self.scene(PollCost(requests: 4, bytes: 5_200, pace: Self.pace))
        let said = said(scene)
        for part in [
            "24 kB a poll while at most 3 runs are active", "290 runs: each is read within 20 polls (40s)",
            "the 45 newest that have ended is seen, within 13 polls (26s)", "on older ones when they are opened",
        ] { #expect(said.contains(part), "\(part) in \(said)") }
        var quiet = Self.pace
        (quiet.activeRuns, quiet.activeRound, quiet.revisitRound) = (1, 1, nil)
        let other = self.said(Self.scene(PollCost(requests: 1, bytes: 900, pace: quiet)))
        #expect(other.contains("1 run: each is read at every poll") && other.contains("is seen in turn"))
    }

    @Test func aServiceWithoutServerSaysThatNothingIsRequested() {
        let said = said(Scene.opened([.make("a", at: 1)]))
        #expect(said.contains("none: what changed is read from the store itself"))
        #expect(said.contains("everything that runwatch asks"))
        #expect(!said.contains("kB"))
    }

    @Test func refusalsAreGivenWithTheirReasons() {
        let capabilities = Capabilities(keyOnlyTags: .unavailable(because: "MLflow keeps a value with every tag."))
        let scene = Scene.opened(
            [.make("a", at: 1)], capabilities: capabilities,
            settings: Dashboard.Settings(readOnlyReason: "Started with --read-only."))
        let said = said(scene)
        for part in ["change a run's status: Started with --read-only.", "MLflow keeps a value with every tag."] {
            #expect(said.contains(part), "\(part) in \(said)")
        }
    }

    @Test func failuresAreCountedAndTheErrorIsShownWhole() {
        var scene = Self.scene(PollCost(requests: 1, bytes: 10))
        scene.world.failures[.poll] = World.down
        scene.poll()
        let said = said(scene)
        #expect(said.contains(World.down.message))
        #expect(said.contains("1 answered, 1 failed since"))
    }

    @Test func anotherServiceBeginsAnew() {
        var scene = ServiceTests.scene()
        for _ in 0..<3 { scene.poll() }
        #expect(scene.dashboard.polling.tally.answered == 4)
        scene.type(":service old")
        scene.press(.enter)
        scene.settle()
        #expect(scene.dashboard.polling.tally.answered == 1)
    }

    /// Where the facts do not fit, they are scrolled, and the list beside them stays.
    @Test func allOfItIsReachedOnASmallScreen() {
        var scene = Self.scene(PollCost(requests: 4, bytes: 5_200, pace: Self.pace), size: Size(columns: 60, rows: 16))
        scene.type("S")
        #expect(!scene.screen.contains("are opened"))
        #expect(scene.screen.contains("PgDn more"))
        for _ in 0..<5 { scene.press(.pageDown) }
        #expect(scene.screen.contains("opened"))
        #expect(scene.screen.contains("http://tracking:5000"))
        for _ in 0..<5 { scene.press(.pageUp) }
        #expect(scene.screen.contains("every 2 s"))
        scene.press(.escape)
        #expect(scene.dashboard.mode == .browsing)
    }
}
