import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

@Suite struct TagTests {
    private static func scene(marked: Bool = false) -> Scene {
        var scene = Scene.opened([
            .make("a", at: 3, tags: [("flag", nil), ("quality", "good")]),
            .make("b", at: 2, tags: [("quality", "bad"), ("team", "vision")]), .make("c", at: 1),
        ])
        if marked { scene.type("  ") }
        return scene
    }

    private func edits(_ scene: Scene) -> [TagEdit] {
        scene.steerings.flatMap { effect -> [TagEdit] in
            if case .steer(.editTags(let edits), _) = effect { edits } else { [] }
        }
    }

    private func stored(_ scene: Scene, _ id: String) -> [String: String?] {
        Dictionary(
            uniqueKeysWithValues: scene.world.runs[RunID(id)]?.tags.entries.map { ($0.key, $0.value) } ?? [])
    }

    @Test(arguments: [
        ("note=worth another look", TagEdit.set(key: "note", value: "worth another look")),
        ("note", .set(key: "note", value: nil)), ("note=", .set(key: "note", value: "")),
        (" note = x=y ", .set(key: "note", value: "x=y")), ("quality=great", .set(key: "quality", value: "great")),
    ]) func adding(line: String, expected: TagEdit) {
        var scene = Self.scene()
        scene.type("ta\(line)")
        scene.press(.enter)
        #expect(scene.steerings == [.steer(.editTags([expected]), [RunID("a")])])
        scene.settle()
        #expect(scene.dashboard.notice?.kind == .done)
        guard case .editingTags = scene.dashboard.mode else {
            Issue.record("the editor stays open for the next tag")
            return
        }
    }

    @Test(arguments: ["", "   ", "=x"]) func aTagNeedsAKey(line: String) {
        var scene = Self.scene()
        scene.type("ta\(line)")
        scene.press(.enter)
        #expect(scene.steerings == [])
    }

    @Test func changing() {
        var scene = Self.scene()
        scene.type("t")
        scene.press(.down, .enter)
        scene.press(.control("u"))
        scene.type("great run")
        scene.press(.enter)
        #expect(edits(scene) == [.set(key: "quality", value: "great run")])
    }

    @Test func leavingAValueAsItIsChangesNothing() {
        var scene = Self.scene()
        scene.type("t")
        scene.press(.enter, .enter)
        #expect(edits(scene) == [], "a key-only tag stays key-only")
        scene.press(.down, .enter, .enter)
        #expect(edits(scene) == [])
    }

    @Test func differentValuesAreNotOverwrittenByEnter() {
        var scene = Self.scene(marked: true)
        scene.type("t")
        #expect(scene.screen.contains("Tags of 2 runs"))
        #expect(scene.screen.contains("(different values)"))
        scene.press(.down, .enter, .enter)
        #expect(edits(scene) == [])
        scene.press(.enter)
        scene.type("same")
        scene.press(.enter)
        #expect(
            scene.steerings == [.steer(.editTags([.set(key: "quality", value: "same")]), [RunID("a"), RunID("b")])])
    }

    @Test func deletingAsksAndGoesWhereTheTagIs() {
        var scene = Self.scene(marked: true)
        scene.type("t")
        scene.press(.down, .down)
        scene.type("d")
        scene.press(.enter)
        #expect(edits(scene) == [], "only y deletes")
        scene.type("dn")
        #expect(edits(scene) == [])
        scene.type("dy")
        #expect(scene.steerings == [.steer(.editTags([.delete(key: "team")]), [RunID("b")])])
        scene.settle()
        #expect(stored(scene, "b").keys.sorted() == ["quality"])
    }

    @Test func completion() {
        var scene = Self.scene()
        scene.type("taq")
        scene.press(.tab)
        scene.type("=b")
        scene.press(.tab, .enter)
        #expect(edits(scene) == [.set(key: "quality", value: "bad")])
    }

    @Test func pastedTextIsTextAndNoCommand() {
        var scene = Self.scene()
        scene.type("t")
        scene.press(.paste("dy"))
        #expect(edits(scene) == [])
        scene.type("a")
        scene.press(.paste("k=v\nd\ny\n"))
        #expect(edits(scene) == [])
        scene.press(.enter)
        #expect(edits(scene) == [.set(key: "k", value: "v d y")])
    }

    @Test func editsMadeElsewhereShowUp() {
        var scene = Self.scene()
        scene.type("t")
        scene.world.change("a") { $0.tags.set("elsewhere", forKey: "seen") }
        scene.poll()
        #expect(scene.screen.contains("elsewhere"))
    }

    @Test func refusalIsShownInTheEditor() {
        var scene = Self.scene()
        scene.world.failures[.steer] = RunServiceError(.forbidden, "You may not edit this run.")
        scene.type("tak")
        scene.press(.enter)
        scene.settle()
        #expect(scene.screen.contains("You may not edit this run."))
        #expect(stored(scene, "a").count == 2)
    }

    @Test func aServiceWithoutKeyOnlyTagsSaysSo() {
        var scene = Scene.opened(
            [.make("a", tags: [("k", "v")])],
            capabilities: Capabilities(keyOnlyTags: .unavailable(because: "MLflow tags need a value.")))
        scene.type("takey")
        scene.press(.enter)
        #expect(scene.steerings == [])
        #expect(scene.screen.contains("MLflow tags need a value."))
    }
}
