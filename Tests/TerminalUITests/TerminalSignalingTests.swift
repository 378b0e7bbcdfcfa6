import Foundation
import Testing

@testable import TerminalUI

/// The bytes of titles, bells and notifications.
@Suite struct TerminalSignalingTests {
    private func signaling(_ environment: [String: String]) -> TerminalSignaling {
        TerminalSignaling { environment[$0] ?? "" }
    }

    private func text(_ signal: TerminalSignal, _ environment: [String: String]) -> String {
        String(decoding: signaling(environment).bytes(of: signal), as: UTF8.self)
    }

    @Test func eachTerminalHasItsNotification() {
        let note = TerminalSignal.notification(title: "run;watch", body: "lr=0.1; failed")
        #expect(text(note, ["TERM": "xterm-256color"]) == "\u{1b}]9;run;watch: lr=0.1; failed\u{7}")
        #expect(
            text(note, ["TERM": "xterm-256color", "VTE_VERSION": "7600"])
                == "\u{1b}]777;notify;run,watch;lr=0.1; failed\u{7}")
        #expect(
            text(note, ["TERM": "xterm-kitty"])
                == "\u{1b}]99;i=runwatch:d=0;run;watch\u{7}\u{1b}]99;i=runwatch:p=body;lr=0.1; failed\u{7}")
    }

    @Test func multiplexersLetThrough() {
        let note = TerminalSignal.notification(title: "a", body: "b")
        #expect(
            text(note, ["TERM": "tmux-256color", "TMUX": "/tmp/x,1,0"])
                == "\u{1b}Ptmux;\u{1b}\u{1b}]9;a: b\u{7}\u{1b}\\")
        #expect(text(note, ["TERM": "screen-256color", "STY": "1.pts"]) == "\u{1b}P\u{1b}]9;a: b\u{7}\u{1b}\\")
        // Their own window has the title.
        #expect(text(.title("t"), ["TERM": "screen", "TMUX": "x"]) == "\u{1b}]2;t\u{7}")
        #expect(text(.bell, ["TERM": "screen", "TMUX": "x"]) == "\u{7}")
    }

    @Test func theClipboardTakesATextThatEndsInST() {
        #expect(text(.clipboard("run 7"), ["TERM": "xterm-256color"]) == "\u{1b}]52;c;cnVuIDc=\u{1b}\\")
        // tmux may take it itself, or let it through.
        #expect(
            text(.clipboard("run 7"), ["TERM": "tmux-256color", "TMUX": "/tmp/x,1,0"])
                == "\u{1b}]52;c;cnVuIDc=\u{1b}\\"
                + "\u{1b}Ptmux;\u{1b}\u{1b}]52;c;cnVuIDc=\u{1b}\u{1b}\\\u{1b}\\")
        #expect(
            text(.clipboard("run 7"), ["TERM": "screen", "STY": "1.pts"])
                == "\u{1b}P\u{1b}]52;c;cnVuIDc=\u{7}\u{1b}\\")
        #expect(text(.clipboard("x"), ["TERM": "linux"]).isEmpty)
    }

    @Test func theClipboardTakesSoMuch() {
        let limit = TerminalSignaling.clipboardLimit
        let most = text(.clipboard(String(repeating: "a", count: limit)), ["TERM": "xterm"])
        #expect(most.utf8.count < 100_000 && most.utf8.count > 99_990)
        #expect(text(.clipboard(String(repeating: "a", count: limit + 1)), ["TERM": "xterm"]).isEmpty)
        let screen = text(.clipboard(String(repeating: "a", count: limit)), ["TERM": "screen", "STY": "1"])
        #expect(screen.components(separatedBy: "\u{1b}P").dropFirst().allSatisfy { $0.utf8.count <= 514 })
    }

    @Test func base64IsThatOfTheStandard() {
        for count in 0..<70 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + 11) }
            #expect(String(decoding: Base64Text.bytes(of: bytes), as: UTF8.self) == Data(bytes).base64EncodedString())
        }
    }

    @Test(arguments: ["linux", "vt100", "dumb", ""]) func othersGetTheBellOnly(name: String) {
        #expect(text(.title("t"), ["TERM": name]).isEmpty)
        #expect(text(.notification(title: "a", body: "b"), ["TERM": name]).isEmpty)
        #expect(text(.bell, ["TERM": name]) == "\u{7}")
        #expect(signaling(["TERM": name]).savingTitle.isEmpty)
    }

    @Test(arguments: [
        "\u{1b}]0;x\u{7}", "a\u{9c}b\u{9d}", "line\nline\r", "\u{202e}txt", String(repeating: "long ", count: 500),
    ])
    func textsOfOthersEndNothing(name: String) {
        for wrapping in [TerminalWrapping.none, .tmux, .screen] {
            for way in NotificationProtocol.allCases {
                let signaling = TerminalSignaling(understandsCommands: true, notification: way, wrapping: wrapping)
                let plain = signaling.bytes(of: .notification(title: "t", body: ""))
                let bytes = signaling.bytes(of: .notification(title: "t", body: name))
                // Not one control more than without the text.
                #expect(bytes.filter { $0 < 0x20 || $0 == 0x7f }.count == plain.filter { $0 < 0x20 }.count)
                #expect(
                    !String(decoding: bytes, as: UTF8.self).unicodeScalars.contains { (0x80...0x9f).contains($0.value) }
                )
                #expect(bytes.count < 1_500)
            }
        }
    }
}
