import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// `:service`: from one run service to another without leaving.
@Suite struct ServiceTests {
    static let server = ServiceDescription(
        kind: "mlflow", location: "http://tracking:5000", reason: "MLFLOW_TRACKING_URI")

    /// On the embedded store with three runs; the server has one.
    static func scene(_ settings: Dashboard.Settings = Dashboard.Settings()) -> Scene {
        var other = World()
        other.description = server
        other.capabilities = Capabilities(keyOnlyTags: .unavailable(because: "MLflow tags need a value."))
        other.put(.make("z", name: "served", status: .running, at: 9))
        var world = World()
        world.others[server.location] = other
        var typed = other
        typed.description = ServiceDescription(kind: "mlflow", location: "~/old/mlruns", reason: ":service")
        world.others["old"] = typed
        return Scene.opened(
            [.make("a", status: .running, at: 3), .make("b", at: 2), .make("c", in: "other", at: 1)],
            settings: settings, world: world, services: [server])
    }

    private func isOnServer(_ scene: Scene) -> Bool { scene.dashboard.service == Self.server }

    @Test func theMenuListsWhatIsKnownAndGoesThere() {
        var scene = Self.scene()
        scene.type(":service")
        scene.press(.enter)
        #expect(scene.dashboard.mode == .choosingService(ServiceMenu(selection: 0)))
        for part in ["Run service", "~/.local/share/runwatch", "default", Self.server.location, "MLFLOW_TRACKING_URI"] {
            #expect(scene.screen.contains(part), "\(part)")
        }
        scene.press(.down, .enter)
        #expect(scene.effects == [.connect(Self.server.location)])
        #expect(scene.screen.contains("opening http://tracking:5000"))
        #expect(!isOnServer(scene), "the service before stays until the other is open")
        scene.settle()
        #expect(isOnServer(scene))
        #expect(scene.listed == ["z"])
        #expect(scene.dashboard.capabilities.keyOnlyTags != .available)
    }

    @Test func aTypedAddressIsOpenedAndKnownFromThenOn() {
        var scene = Self.scene()
        scene.type(":service old")
        scene.press(.enter)
        #expect(scene.effects == [.connect("old")])
        scene.settle()
        #expect(scene.dashboard.service.location == "~/old/mlruns")
        #expect(scene.dashboard.services.known.map(\.location).last == "~/old/mlruns")
        #expect(scene.dashboard.services.known.count == 3)
    }

    @Test func completion() {
        var scene = Self.scene()
        scene.type(":service tr")
        #expect(scene.screen.contains("MLFLOW_TRACKING_URI"))
        scene.press(.tab, .enter)
        #expect(scene.effects == [.connect(Self.server.location)])
        scene.press(.escape)
        scene.forget()
        scene.type(":service ")
        scene.press(.down, .down, .enter)
        #expect(scene.effects == [.connect(Self.server.location)])
        scene.press(.escape)
        scene.forget()
        scene.type(":service /tmp/x")
        scene.press(.down, .tab, .enter)
        #expect(scene.effects == [.connect("/tmp/x")], "what matches nothing is taken as it is typed")
    }

    @Test func whatBelongsToTheServiceBeforeIsGone() {
        var scene = Self.scene()
        scene.type(":experiment other")
        scene.press(.enter)
        scene.settle()
        scene.type(" /c")
        scene.press(.enter)
        scene.type(":columns loss")
        scene.press(.enter)
        scene.type("5")
        scene.type(":service \(Self.server.location)")
        scene.press(.enter)
        scene.settle()
        let dashboard = scene.dashboard
        #expect(dashboard.list.scope == .all)
        #expect(dashboard.list.filter == nil && dashboard.filterText.isEmpty)
        #expect(dashboard.list.marks.isEmpty)
        #expect(dashboard.columnChoice == .standard)
        #expect(dashboard.experiments.experiments.map(\.name) == ["exp"])
        #expect(scene.selected == "z")
        #expect(dashboard.detail.details?.run.id == RunID("z"))
        #expect(dashboard.detail.tab == .children, "how runs are looked at stays")
    }

    @Test func settingsStay() {
        var scene = Self.scene(Dashboard.Settings(interval: 5_000, limit: 77, readOnlyReason: "Started read-only."))
        scene.type(":sort name")
        scene.press(.enter)
        scene.type("p:service \(Self.server.location)")
        scene.press(.enter)
        scene.settle()
        #expect(scene.dashboard.polling.interval == 5_000)
        #expect(scene.dashboard.polling.limit == 77)
        #expect(scene.dashboard.polling.isPaused)
        #expect(scene.listed == ["z"], "paused or not, the first read is asked for")
        #expect(scene.dashboard.list.sort.column == .name)
        #expect(scene.dashboard.capabilities.changeStatus.reason == "Started read-only.")
        #expect(scene.screen.contains("read-only"))
    }

    @Test func failureLeavesTheServiceBefore() {
        var scene = Self.scene()
        scene.type(":service nowhere")
        scene.press(.enter)
        scene.settle()
        #expect(scene.dashboard.service.kind == "local")
        #expect(scene.listed == ["a", "b", "c"])
        #expect(scene.dashboard.notice == Notice(kind: .refused, text: "There is nothing at nowhere.", until: 60_000))
        #expect(scene.dashboard.services.opening == nil)
        #expect(scene.dashboard.services.known.count == 2)
    }

    @Test func escapeTakesTheWishBack() {
        var scene = Self.scene()
        scene.type(":service old")
        scene.press(.enter, .escape)
        #expect(scene.effects == [.connect("old"), .abandonConnection])
        #expect(scene.dashboard.services.opening == nil)
    }

    @Test func theServiceInUseIsNotOpenedAgain() {
        var scene = Self.scene()
        scene.type(":service ~/.local/share/runwatch")
        scene.press(.enter)
        #expect(scene.effects == [])
        scene.type(":service old")
        scene.press(.enter)
        scene.type("S")
        scene.press(.enter)
        #expect(scene.effects == [.connect("old"), .abandonConnection], "choosing what is there stays there")
    }

    @Test func nothingIsSteeredWhileAnotherServiceIsOpened() {
        var scene = Self.scene()
        scene.type(":service old")
        scene.press(.enter)
        scene.forget()
        for key in ["c", "C", "f", "t", "R"] {
            scene.type(key)
            #expect(scene.dashboard.mode == .browsing)
            #expect(scene.dashboard.notice?.text == "Opening old; esc stays here.")
        }
        #expect(scene.effects == [])
    }

    /// Polls and pages that were asked of the service before say nothing about this one.
    @Test func answersOfTheServiceBeforeAreNotTaken() {
        var scene = Self.scene()
        scene.wait(2_000)
        scene.send(.tick)
        let late = scene.holdNext()
        scene.settle()
        scene.type(":service \(Self.server.location)")
        scene.press(.enter)
        scene.settle()
        if let late { scene.send(late) } else { Issue.record("nothing was asked") }
        #expect(scene.listed == ["z"])
        scene.poll()
        #expect(scene.listed == ["z"])
    }

    @Test func aCommandSentBeforeIsReportedAndTouchesNothingHere() {
        var scene = Self.scene()
        scene.type(":service \(Self.server.location)")
        scene.press(.enter)
        scene.settle()
        var run = Run.make("a", status: .cancelRequested)
        run.name = "a"
        let local = ServiceDescription(kind: "local", location: "~/.local/share/runwatch")
        let done = SteeringOutcome(run: run.id, result: .success([run]))
        scene.send(.steeredElsewhere(local, .cancel(includingDescendants: false), [done]))
        #expect(
            scene.dashboard.notice?.text
                == "On local ~/.local/share/runwatch: Canceling “a”: its processes are asked to end.")
        let refused = SteeringOutcome(run: run.id, result: .failure(World.down))
        scene.send(.steeredElsewhere(local, .complete, [refused]))
        #expect(scene.dashboard.notice?.kind == .refused)
        #expect(scene.dashboard.notice?.text.hasSuffix(World.down.message) == true)
        #expect(scene.listed == ["z"])
    }

    @Test func aLineBeingTypedIsNotTakenForCommands() {
        var scene = Self.scene()
        scene.type(":service \(Self.server.location)")
        scene.press(.enter)
        scene.type("/se")
        scene.settle()
        scene.type("q")
        #expect(!scene.effects.contains(.quit))
        #expect(scene.dashboard.filterText == "seq")
        #expect(scene.dashboard.list.matchCount == 0)
    }

    @Test func whatAServiceCanDoMayBeLearntLater() {
        var scene = Self.scene()
        #expect(scene.dashboard.unavailable(.cancel) == nil)
        scene.send(.serviceOpened(Capabilities().readOnly(because: "You may only look.")))
        #expect(scene.dashboard.unavailable(.cancel) == "You may only look.")
    }

    @Test func aServiceThatCannotBeReadIsNotAnEmptyOne() {
        var scene = Scene([])
        scene.world.failures[.poll] = World.down
        scene.send(.started)
        scene.settle()
        #expect(scene.screen.contains("The runs can't be read."))
        #expect(!scene.screen.contains("0 active"))
        #expect(!scene.screen.contains("No runs yet"))
        scene.world.failures = [:]
        scene.wait(60_000)
        scene.send(.tick)
        scene.settle()
        #expect(scene.screen.contains("No runs yet"))
        #expect(scene.screen.contains("0 active"))
    }
}
