import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// What a person writes about a run, from the editor to the service.
@Suite struct NoteTests {
    private static func scene(_ note: String? = "old", capabilities: Capabilities = Capabilities()) -> Scene {
        var run = Run.make("a", name: "first", at: 3, tags: [("quality", "good")])
        if let note { run.tags.set(note, forKey: Run.descriptionTag) }
        return Scene.opened([run, .make("b", name: "second", at: 2)], capabilities: capabilities)
    }

    private func draft(_ scene: Scene) -> NoteDraft? {
        scene.effects.reversed().compactMap { if case .editNote(let draft) = $0 { draft } else { nil } }.first
    }

    private func stored(_ scene: Scene) -> String? { scene.world.runs[RunID("a")]?.descriptionText }

    /// Presses the key and gives the editor's answer.
    private func edit(_ scene: inout Scene, _ text: String) throws {
        scene.type("n")
        scene.send(.noteEdited(try #require(draft(scene)), .text(text)))
    }

    @Test func savesWhatTheEditorLeft() throws {
        var scene = Self.scene()
        scene.type("n")
        #expect(draft(scene)?.text == "old" && draft(scene)?.run == RunID("a"))
        scene.send(.noteEdited(try #require(draft(scene)), .text("new\nlines")))
        scene.settle()
        #expect(stored(scene) == "new\nlines")
        #expect(scene.dashboard.notice?.text == "Saved the note of “first”.")
        #expect(scene.dashboard.unsavedNotes.isEmpty)
    }

    @Test func unchangedTextWritesNothing() throws {
        var scene = Self.scene()
        try edit(&scene, "old")
        #expect(scene.steerings.isEmpty)
        #expect(scene.dashboard.notice?.text == "The note is as it was.")
        var none = Self.scene(nil)
        try edit(&none, "")
        #expect(none.steerings.isEmpty)
    }

    @Test func anEmptyTextTakesItAway() throws {
        var scene = Self.scene()
        try edit(&scene, "")
        scene.settle()
        #expect(scene.world.runs[RunID("a")]?.tags.contains(Run.descriptionTag) == false)
        #expect(scene.dashboard.notice?.text == "Removed the note of “first”.")
    }

    @Test func anEditorThatFailsSaysSo() throws {
        var scene = Self.scene()
        scene.type("n")
        scene.send(.noteEdited(try #require(draft(scene)), .failed("The editor ended with status 1.")))
        #expect(scene.steerings.isEmpty && scene.dashboard.notice?.kind == .refused)
    }

    @Test func aChangeElsewhereIsNotOverwrittenUnseen() throws {
        var scene = Self.scene()
        scene.type("n")
        let draft = try #require(self.draft(scene))
        scene.world.change("a") { $0.tags.set("theirs", forKey: Run.descriptionTag) }
        scene.poll()
        scene.send(.noteEdited(draft, .text("mine")))
        #expect(scene.steerings.isEmpty && stored(scene) == "theirs")
        #expect(scene.dashboard.notice?.text.contains("changed elsewhere") == true)
        // The next try opens with what was written.
        scene.type("n")
        #expect(self.draft(scene)?.text == "mine")
        scene.send(.noteEdited(try #require(self.draft(scene)), .text("mine")))
        scene.settle()
        #expect(stored(scene) == "mine")
    }

    @Test func whatIsRefusedIsNotLost() throws {
        var scene = Self.scene()
        scene.world.failures[.steer] = World.down
        try edit(&scene, "mine")
        scene.settle()
        #expect(scene.dashboard.notice?.text.contains("opens your text again") == true)
        scene.world.failures = [:]
        scene.type("n")
        #expect(draft(scene)?.text == "mine")
    }

    @Test func aRunThatIsGoneGivesTheTextBack() throws {
        var scene = Self.scene()
        scene.type("n")
        let draft = try #require(self.draft(scene))
        scene.world.remove("a")
        scene.poll()
        scene.send(.noteEdited(draft, .text("mine")))
        #expect(scene.dashboard.mode == .readingText(PlainText(text: "mine")))
    }

    @Test func onlyWhereTheServiceCan() {
        var scene = Self.scene(capabilities: Capabilities().readOnly(because: "To look only."))
        scene.type("n")
        #expect(draft(scene) == nil && scene.dashboard.notice?.text == "To look only.")
        var several = Self.scene()
        several.type("*n")
        #expect(draft(several) == nil && several.dashboard.notice?.text.contains("one at a time") == true)
    }

    @Test func theKeyMeansTheNextMatchInALog() {
        var scene = Self.scene()
        scene.world.logs[RunID("a")] = Array("x\ny\n".utf8)
        scene.type("3")
        scene.press(.tab)
        scene.settle()
        scene.type("n")
        #expect(draft(scene) == nil)
    }

    @Test func rowsAndTheOverviewShowIt() {
        let scene = Self.scene("seen twice")
        #expect(scene.screen.contains("first ✎") && !scene.screen.contains("second ✎"))
        #expect(scene.screen.contains("note       seen twice"))
        #expect(!scene.screen.contains("mlflow.note"), "it is no tag to a person")
    }
}
