import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// Views with names: saved, chosen, deleted.
@Suite struct ViewTests {
    private static let runs: [Run] = [
        .make("a", in: "lr", at: 1, metrics: [("loss", 1)]),
        .make("b", in: "lr", status: .failed, at: 2, metrics: [("loss", 2)]),
        .make("c", in: "data", status: .failed, at: 3),
    ]
    private static let failed = NamedView(
        name: "failed sweeps", filter: "status:failed", sort: SortOrder(column: .metric("loss"), isDescending: true),
        columns: ["params.lr", "loss"], experiment: "lr")

    private static func scene(_ views: [NamedView], size: Size = Size(columns: 120, rows: 40)) -> Scene {
        var world = World()
        world.views = views
        return Scene.opened(runs, size: size, settings: .init(views: views), world: world)
    }

    @Test func whatIsShownIsSavedAndShownAgain() {
        var scene = Self.scene([])
        scene.type(":experiment lr")
        scene.press(.enter)
        scene.settle()
        scene.type("/status:failed")
        scene.press(.enter)
        scene.type(":columns params.lr loss")
        scene.press(.enter)
        scene.type(":sort loss")
        scene.press(.enter)
        scene.type("O")
        scene.type(":view save failed sweeps")
        scene.press(.enter)
        scene.settle()
        #expect(scene.world.views == [Self.failed])
        #expect(scene.dashboard.notice?.text == "View “failed sweeps” is saved; v lists it.")
        scene.type(":view save plain")
        scene.press(.escape)
        // Elsewhere, and back.
        scene.press(.escape)
        scene.type(":experiment all")
        scene.press(.enter)
        scene.type(":columns auto")
        scene.press(.enter)
        scene.type(":sort started")
        scene.press(.enter)
        scene.settle()
        #expect(scene.listed == ["c", "b", "a"])
        scene.type("v")
        scene.settle()
        scene.press(.enter)
        scene.settle()
        #expect(scene.listed == ["b"] && scene.dashboard.columnChoice.words == ["params.lr", "loss"])
        #expect(scene.dashboard.list.sort == Self.failed.sort && scene.dashboard.filterText == "status:failed")
        #expect(scene.dashboard.notice?.text == "View “failed sweeps”.")
    }

    @Test func whatAViewDoesNotNameIsAsAtTheStart() {
        var scene = Self.scene([Self.failed, NamedView(name: "all")])
        scene.type(":view failed sweeps")
        scene.press(.enter)
        scene.settle()
        scene.type(":view ALL")
        scene.press(.enter)
        scene.settle()
        #expect(scene.listed == ["c", "b", "a"] && scene.dashboard.list.scope == .all)
        #expect(scene.dashboard.columnChoice == .standard && scene.dashboard.list.sort == .standard)
    }

    @Test func aViewIsDeletedAfterAQuestion() {
        var scene = Self.scene([Self.failed, NamedView(name: "mine", filter: "user = ana")])
        scene.type("v")
        scene.settle()
        scene.type("jd")
        #expect(scene.screen.contains("Delete “mine”?"))
        scene.type("n")
        scene.settle()
        #expect(scene.world.views.count == 2)
        scene.type("dy")
        scene.settle()
        #expect(scene.world.views.map(\.name) == ["failed sweeps"] && scene.dashboard.views == scene.world.views)
        scene.press(.escape)
        scene.type(":view delete failed sweeps")
        scene.press(.enter)
        scene.settle()
        #expect(scene.dashboard.views.isEmpty)
        scene.type("v")
        scene.settle()
        #expect(scene.screen.contains("No views yet"))
        scene.type("sx y")
        scene.press(.enter)
        scene.settle()
        #expect(scene.world.views.map(\.name) == ["x y"])
    }

    @Test func whatCannotBeDoneIsSaid() {
        var scene = Self.scene([NamedView(name: "old", filter: "status:(", experiment: "lr")])
        scene.world.viewError = RunServiceError(.forbidden, "The file cannot be written.")
        for (command, answer) in [
            ("view nothing", "There is no view “nothing”; v lists them."), ("view save", "A view needs a name"),
            ("view delete zebra", "Name the view to delete"), ("view save x", "The file cannot be written."),
            ("view old", "The filter of “old” is wrong"),
        ] {
            scene.type(":" + command)
            scene.press(.enter)
            scene.settle()
            #expect(scene.dashboard.notice?.text.hasPrefix(answer) == true, "\(scene.dashboard.notice?.text ?? "")")
        }
        #expect(scene.dashboard.filterError == nil, "the filter in force is a good one")
    }

    @Test func aViewToBeginWithWaitsForItsExperiment() {
        for (experiment, listed) in [("lr", ["b"]), ("nowhere", ["c", "b"])] {
            var view = Self.failed
            view.experiment = experiment
            view.sort = nil
            var scene = Scene(Self.runs)
            scene.send(.viewChosen(view))
            scene.send(.started)
            scene.settle()
            #expect(scene.listed == listed)
            #expect(scene.screen.contains("There is no experiment “nowhere”") == (experiment == "nowhere"))
        }
    }

    @Test(arguments: [(120, 40, "views"), (80, 24, "views-80x24")])
    func snapshots(columns: Int, rows: Int, name: String) {
        let views = [Self.failed, NamedView(name: "mine", filter: "user = ana", columns: ["differ"])]
        var scene = Self.scene(views, size: Size(columns: columns, rows: rows))
        scene.type("v")
        scene.settle()
        scene.type("j")
        Snapshot.check(scene.dashboard.render(), name)
        scene.type("d")
        Snapshot.check(scene.dashboard.render(), name + "-deleting")
    }
}
