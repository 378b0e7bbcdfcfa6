import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// Folders of artifacts, and files in them.
@Suite struct ArtifactTests {
    private static func file(_ path: String, _ size: Int64? = 12) -> Artifact {
        Artifact(path: path, isFolder: false, size: size)
    }

    private static func folder(_ path: String) -> Artifact { Artifact(path: path, isFolder: true, size: nil) }

    private static func scene(status: RunStatus = .completed) -> Scene {
        var world = World()
        world.artifacts = [
            "": [folder("model"), file("config.yaml", 12_345), file("weights.bin", 3_000_000)],
            "model": [folder("model/deep"), file("model/MLmodel")],
            "model/deep": [file("model/deep/notes.md")],
        ]
        let notes = (0..<300).map { "note \($0)\n" }.joined()
        world.moreLogs = [
            ("config.yaml", Array("lr: 0.1\n".utf8)), ("model/deep/notes.md", Array(notes.utf8)),
            ("weights.bin", [0x80, 0, 1, 2]), ("model/MLmodel", []),
        ]
        world.hiddenLogs = ["model/deep/notes.md", "weights.bin", "model/MLmodel"]
        var scene = Scene.opened([.make("a", status: status, at: 1), .make("b", at: 0)], world: world)
        scene.select("a")
        return scene
    }

    private func shown(_ scene: Scene) -> [String] {
        LogsView.visibleLines(scene.dashboard, in: scene.dashboard.layout.detailBody).map { String($0.text) }
    }

    private func browser(_ scene: Scene) -> ArtifactBrowser? {
        if case .browsingArtifacts(let browser) = scene.dashboard.mode { browser } else { nil }
    }

    @Test func foldersAreGoneIntoAndLeft() {
        var scene = Self.scene()
        scene.type("A")
        #expect(scene.effects == [.loadArtifacts(ArtifactRequest(run: RunID("a"), folder: "", after: nil))])
        #expect(scene.screen.contains("reading…"))
        scene.settle()
        for part in ["Artifacts of “a”", "model/", "folder", "config.yaml", "12.3 kB", "3 MB", "1 of 3"] {
            #expect(scene.screen.contains(part), "\(part)")
        }
        scene.press(.enter)
        scene.settle()
        #expect(scene.screen.contains("Artifacts of “a”: model/"))
        scene.press(.right)
        scene.settle()
        #expect(browser(scene)?.entries.map(\.path) == ["model/deep/notes.md"])
        scene.press(.left)
        scene.settle()
        #expect(browser(scene)?.selected?.path == "model/deep", "the folder that was left is highlighted")
        scene.press(.escape)
        scene.settle()
        #expect(browser(scene)?.folder == "")
        scene.press(.escape)
        #expect(scene.dashboard.mode == .browsing)
    }

    @Test func aTextInAFolderIsReadFromItsBeginning() {
        var scene = Self.scene()
        scene.type(":artifacts /model/deep/")
        scene.press(.enter)
        scene.settle()
        #expect(browser(scene)?.folder == "model/deep", "a path of a folder goes there")
        scene.press(.enter)
        scene.settle()
        #expect(scene.dashboard.mode == .browsing)
        #expect(shown(scene).first == "note 0")
        #expect(scene.screen.contains("model/deep/notes.md"))
        scene.press(.end)
        scene.settle()
        #expect(shown(scene).last == "note 299")
        scene.type("A")
        scene.settle()
        #expect(browser(scene)?.folder == "model/deep", "the list opens where the file is")
        #expect(browser(scene)?.selected?.path == "model/deep/notes.md")
        scene.type("q")
        scene.type("/note 250")
        scene.press(.enter)
        scene.settle()
        #expect(scene.screen.contains("note 250"), "it is searched as logs are")
    }

    @Test func aPathOpensItsFileAndAMissingOneIsSaid() {
        var scene = Self.scene()
        scene.type(":artifacts config.yaml")
        scene.press(.enter)
        scene.settle()
        #expect(shown(scene) == ["lr: 0.1"])
        scene.type(":artifacts model/none.txt")
        scene.press(.enter)
        scene.settle()
        #expect(scene.dashboard.notice?.text.contains("no artifact “model/none.txt”") == true)
        #expect(browser(scene)?.folder == "model")
    }

    @Test func whatIsNoTextIsSaidToBeNone() {
        var scene = Self.scene()
        scene.type(":artifacts weights.bin")
        scene.press(.enter)
        scene.settle()
        #expect(scene.screen.contains("This file is no text (4 B). A lists the run's artifacts."))
        let asked = scene.world.asked[.log]
        scene.poll()
        scene.poll()
        #expect(scene.world.asked[.log] == asked, "it is not read again and again")
        scene.type(":artifacts model/MLmodel")
        scene.press(.enter)
        scene.settle()
        #expect(scene.screen.contains("The file is empty."))
    }

    @Test func aFileOfAnActiveRunIsFollowed() {
        var scene = Self.scene(status: .running)
        scene.type(":artifacts model/deep/notes.md")
        scene.press(.enter)
        scene.settle()
        scene.type("F")
        scene.settle()
        scene.world.moreLogs[1].bytes += Array("one more\n".utf8)
        scene.poll()
        #expect(shown(scene).last == "one more")
    }

    @Test func aBigFolderComesInPagesAsTheCursorNearsItsEnd() {
        var scene = Self.scene()
        scene.world.artifacts[""] = (0..<2_000).map { Self.file("f\($0)") }
        scene.type("A")
        scene.settle()
        #expect(browser(scene)?.entries.count == 500)
        #expect(scene.screen.contains("1 of 500+"))
        scene.press(.end)
        scene.settle()
        #expect(browser(scene)?.entries.count == 1_000)
        #expect(browser(scene)?.selected?.path == "f499", "what arrives moves nothing")
        for _ in 0..<5 {
            scene.press(.end)
            scene.settle()
        }
        #expect(browser(scene)?.selected?.path == "f1999")
        #expect(scene.screen.contains("2000 of 2000"))
        scene.press(.escape)
        scene.type(":artifacts f1700")
        scene.press(.enter)
        for _ in 0..<20 where browser(scene) != nil { scene.settle() }
        #expect(scene.dashboard.detail.chosenLog?.file.name == "f1700", "found on a later page")
    }

    @Test func anEndlessFolderIsCutAndSaidToBe() {
        var scene = Self.scene()
        scene.world.artifacts[""] = (0..<12_000).map { Self.file("f\($0)") }
        scene.type("A")
        scene.settle()
        for _ in 0..<40 {
            scene.press(.end)
            scene.settle()
        }
        #expect(browser(scene)?.entries.count == ArtifactBrowser.limit)
        #expect(scene.screen.contains("Only the first 10000 are listed"))
    }

    @Test func pagesThatHoldNothingEnd() {
        var scene = Self.scene()
        scene.type("A")
        let request = ArtifactRequest(run: RunID("a"), folder: "", after: nil)
        scene.send(.artifactsArrived(request, .success(Page<Artifact>([], next: PageToken("x")))))
        scene.forget()
        scene.press(.down)
        #expect(scene.effects == [])
        #expect(scene.screen.contains("This run has no artifacts."))
    }

    @Test func whyAFolderCannotBeReadIsSaidAndTriedAgain() {
        var scene = Self.scene()
        scene.world.failures[.artifacts] = RunServiceError(
            .unsupported, "The artifacts lie in a bucket that this host does not reach; open them on MLflow's page.")
        scene.type("A")
        scene.settle()
        #expect(scene.screen.contains("in a bucket that this host does not reach"))
        #expect(scene.world.asked[.artifacts] == 1)
        scene.world.failures = [:]
        scene.type("r")
        scene.settle()
        #expect(scene.screen.contains("config.yaml"))
    }

    @Test func answersOfAnotherFolderAreDropped() {
        var scene = Self.scene()
        scene.type("A")
        let late = scene.holdNext()
        scene.type("q")
        scene.select("b")
        scene.type("A")
        scene.settle()
        if let late { scene.send(late) }
        #expect(browser(scene)?.run == RunID("b"))
        #expect(browser(scene)?.entries.count == 3)
    }

    @Test func aServiceThatReadsNoFilesSaysSo() {
        let none = Capabilities(readLogs: .unavailable(because: "This service keeps no files."))
        var scene = Scene.opened([.make("a", at: 1)], capabilities: none)
        scene.type("A")
        #expect(scene.dashboard.notice?.text == "This service keeps no files.")
        #expect(scene.effects == [])
    }
}
