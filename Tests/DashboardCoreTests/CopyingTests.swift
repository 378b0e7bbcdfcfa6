import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// What leaves the screen: to the clipboard, to a plain screen, to a file.
@Suite struct CopyingTests {
    private static func scene(size: Size = Size(columns: 120, rows: 40)) -> Scene {
        var scene = Scene([
            .make("a", name: "first", at: 3, tags: [("quality", "good"), ("todo", nil)], metrics: [("loss", 0.5)]),
            .make("b", name: "second", at: 2, metrics: [("loss", 0.25)]), .make("c", at: 1),
        ])
        scene.world.sources[RunID("a")] = RunSource(
            command: ["python", "my train.py"], directory: "/work", host: "gpu")
        scene.send(.resized(size))
        scene.send(.started)
        scene.settle()
        scene.forget()
        return scene
    }

    private func titles(_ scene: Scene) -> [String] {
        if case .copying(let menu) = scene.dashboard.mode { menu.choices.map(\.title) } else { [] }
    }

    private func requests(_ scene: Scene) -> [CopyRequest] {
        scene.effects.compactMap { if case .copy(let request) = $0 { request } else { nil } }
    }

    @Test func offersWhatTheSelectedRunHas() {
        var scene = Self.scene()
        scene.type("y")
        #expect(titles(scene) == ["run id", "name", "command", "tag line"])
        scene.press(.down, .down, .enter)
        #expect(
            requests(scene) == [
                CopyRequest(what: "the command", excerpt: .text("python 'my train.py'"), isForScreen: false)
            ])
        #expect(scene.dashboard.mode == .browsing)
        scene.select("c")
        scene.type("y")
        #expect(titles(scene) == ["run id", "name"])
        scene.press(.escape)
        #expect(requests(scene).isEmpty)
    }

    @Test func theFirstThingIsTwoKeysAway() {
        var scene = Self.scene()
        scene.type("yy")
        #expect(requests(scene).map(\.excerpt) == [.text("a")])
        scene.send(.copied(requests(scene)[0], .sent))
        #expect(scene.dashboard.notice?.text.hasPrefix("Sent the run id to the terminal's clipboard") == true)
    }

    @Test func aSecondYesIsNoWishToCopy() {
        var scene = Scene.opened([.make("a", status: .running)])
        scene.type("c")
        scene.settle()
        scene.wait(1_000)
        scene.type("yy")
        #expect(scene.steerings.count == 1 && scene.dashboard.mode == .browsing)
        scene.settle()
        scene.wait(3_000)
        scene.type("y")
        #expect(titles(scene).first == "run id")
    }

    @Test func ofMarkedRunsThereIsALineEach() {
        var scene = Self.scene()
        scene.type("  y")
        #expect(titles(scene) == ["run ids", "names", "tag lines"])
        scene.press(.enter)
        #expect(requests(scene).map(\.excerpt) == [.text("a\nb")])
    }

    @Test func aComparisonIsCopiedAsShown() throws {
        var scene = Self.scene()
        scene.type("  =")
        scene.settle()
        scene.type("/loss")
        scene.press(.enter)
        scene.type("y")
        #expect(titles(scene).prefix(2) == ["as Markdown", "as CSV"])
        scene.press(.enter)
        let request = try #require(requests(scene).first)
        guard case .listing(.comparison(let table), .markdown) = request.excerpt else {
            Issue.record("no comparison as Markdown")
            return
        }
        #expect(table.rows.map(\.field.name) == ["metrics.loss", "metrics.loss min"])
        #expect(scene.dashboard.comparison != nil)
    }

    @Test func aPlainScreenHasNothingButTheText() {
        var scene = Self.scene(size: Size(columns: 40, rows: 8))
        scene.type("yp")
        #expect(requests(scene).map(\.isForScreen) == [true])
        let text = String(repeating: "0123456789", count: 6) + "\nzwei"
        scene.send(.copied(requests(scene)[0], .text(text, hasClipboard: true)))
        let rows = scene.dashboard.render().textRows
        #expect(rows[0] == String(text.prefix(40)) && rows[1] == "01234567890123456789")
        #expect(rows[2].hasPrefix("zwei") && rows[7].contains("esc"))
        scene.press(.escape)
        #expect(scene.dashboard.mode == .browsing)
    }

    @Test func aTerminalWithoutAClipboardShowsTheText() {
        var scene = Self.scene()
        scene.type("yy")
        scene.send(.copied(requests(scene)[0], .text("a", hasClipboard: false)))
        #expect(scene.dashboard.mode == .readingText(PlainText(text: "a")))
        #expect(scene.screen.contains("no clipboard"))
    }

    @Test func nothingOpensOverWhatAPersonTypes() {
        var scene = Self.scene()
        scene.type("yy/x")
        scene.send(.copied(requests(scene)[0], .text("a", hasClipboard: false)))
        #expect(scene.dashboard.mode == .filtering(LineInput(text: "x")))
    }

    @Test func tooMuchIsTold() {
        var scene = Self.scene()
        scene.type("yy")
        scene.send(.copied(requests(scene)[0], .tooLong(91_000)))
        #expect(scene.dashboard.notice?.text.contains("91 kB, and terminals take 74 kB") == true)
    }

    @Test func exportsTheListAsShown() throws {
        var scene = Self.scene()
        scene.type("/second")
        scene.press(.enter)
        scene.type(":export out/runs list.CSV")
        scene.press(.enter)
        let effect = try #require(scene.effects.last)
        guard case .export(.runs(let runs, let columns, _), .csv, let path) = effect else {
            Issue.record("no export, but \(effect)")
            return
        }
        #expect(path == "out/runs list.CSV" && runs.map(\.id.text) == ["b"])
        #expect(columns.map(\.title).prefix(3) == ["id", "status", "name"] && columns.map(\.title).contains("loss"))
        #expect(Set(columns.map(\.title)).count == columns.count)
        scene.send(.exported(.written(path: "/x/runs list.CSV", count: 1, isComparison: false)))
        #expect(scene.dashboard.notice?.text == "Wrote 1 run to /x/runs list.CSV.")
    }

    @Test func exportsTheComparisonThatIsOpen() {
        var scene = Self.scene()
        scene.type("  =")
        scene.settle()
        scene.type(":export x.md")
        scene.press(.enter)
        guard case .export(.comparison(let table), .markdown, "x.md")? = scene.effects.last else {
            Issue.record("no export of the comparison")
            return
        }
        #expect(table.runs.count == 2 && scene.dashboard.comparison != nil)
    }

    @Test(arguments: ["", "runs", "runs.txt", ".", "csv"]) func otherNamesAreRefused(name: String) {
        var scene = Self.scene()
        scene.type(":export \(name)")
        scene.press(.enter)
        #expect(scene.dashboard.notice?.text.contains("ends in .csv, .md or .json") == true)
        #expect(!scene.effects.contains { if case .export = $0 { true } else { false } })
    }

    @Test func snapshots() {
        for (size, suffix) in [(Size(columns: 120, rows: 40), ""), (Size(columns: 80, rows: 24), "-80x24")] {
            var scene = Self.scene(size: size)
            scene.type("y")
            Snapshot.check(scene.dashboard.render(), "copying\(suffix)")
        }
    }
}
