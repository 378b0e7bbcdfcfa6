import RunModel
import TerminalUI
import Testing

@testable import DashboardCore

/// A paste that a line has no room for says so, wherever it is pasted.
@Suite struct LongPasteTests {
    private static let long = String(repeating: "x", count: LineInput.limit + 7)
    private static let sentence = "A line holds 32 KiB: 7 bytes did not fit and were left out."

    @Test(arguments: ["/", ":", "R", "ta", "f"]) func whatIsLeftOutIsTold(keys: String) {
        var scene = Scene.opened([.make("a", status: .running)])
        scene.type(keys)
        scene.press(.paste("short"))
        #expect(!scene.screen.contains("left out"))
        scene.press(.control("u"), .control("k"), .paste(Self.long))
        #expect(scene.screen.contains(Self.sentence), "\(keys): \(scene.screen)")
        scene.press(.backspace, .character("é"))
        #expect(scene.screen.contains("2 bytes did not fit and were left out."))
        scene.press(.character("z"), .character("y"))
        #expect(scene.screen.contains("1 byte did not fit and was left out."))
    }
}
