import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// Keys that a configuration chooses.
@Suite struct RebindingTests {
    private static func clash(_ choices: [KeyMap.Choice]) -> String? {
        do throws(KeyMap.Clash) {
            _ = try KeyMap.standard.rebound(choices)
            return nil
        } catch {
            return "\(error.index): \(error.sentence)"
        }
    }

    @Test func aCommandHasItsNewKeysInsteadOfItsOwn() throws {
        let map = try KeyMap.standard.rebound([
            .init(command: .cancel, keys: ["X"]), .init(command: .interval, keys: [.function(5)]),
            .init(command: .wrap, keys: []), .init(command: .mark, keys: ["c", "W"]),
        ])
        #expect(map.command(for: "X") == .cancel && map.command(for: "c") == .mark && map.command(for: "W") == .mark)
        #expect(map.command(for: " ") == nil && map.keys(for: .wrap).isEmpty)
        #expect(map.command(for: .function(5)) == .interval)
        #expect(map.keys(for: .fail) == ["f"])
        #expect(try KeyMap.standard.rebound([]).bindings.flatMap(\.keys) == KeyMap.standard.bindings.flatMap(\.keys))
    }

    @Test(arguments: [
        (
            [KeyMap.Choice(command: .cancel, keys: ["k"])],
            "0: “k” is the key of up already; take another, or give up other keys too."
        ),
        (
            [.init(command: .mark, keys: ["m"]), .init(command: .wrap, keys: ["m"])],
            "0: “m” is the key of wrap already; take another, or give wrap other keys too."
        ),
        ([.init(command: .wrap, keys: ["W", "W"])], "0: “W” is there twice; keep one."),
        (
            [.init(command: .quit, keys: [.control("c")])],
            "0: ctrl-c leaves what is open and cannot be bound; take another key."
        ),
        (
            [.init(command: .wrap, keys: ["W"]), .init(command: .cancel, keys: ["a"])],
            "1: “a” answers the question before a step that cannot be taken back, so it must not ask it; take another key."
        ),
        (
            [.init(command: .open, keys: ["X"]), .init(command: .complete, keys: [.enter])],
            "1: “enter” is pressed too easily for what cannot be taken back; take another key."
        ),
        (
            [.init(command: .down, keys: ["d"])],
            "0: “d” means something else in the tag editor, where down moves; take another key."
        ),
        (
            [.init(command: .command, keys: []), .init(command: .quit, keys: [])],
            "1: without keys for quit and command there is no way out; leave one."
        ),
    ]) func aClashIsNamed(_ choices: [KeyMap.Choice], _ sentence: String) {
        #expect(Self.clash(choices) == sentence)
    }

    @Test func everyLabelIsReadBack() {
        for key in KeyMap.standard.bindings.flatMap(\.keys) {
            for ascii in [true, false] {
                let label = key.label(ascii: ascii)
                #expect(Key(label: label) == key, "\(label)")
            }
        }
        for (label, key) in [
            ("Space", Key.character(" ")), ("CTRL-L", .control("l")), ("alt-X", .alt("X")), ("f12", .function(12)),
            ("pgup", .pageUp), ("Page-Down", .pageDown), ("F", .character("F")), ("é", .character("é")),
            ("shift-tab", .backTab), ("-", .character("-")),
        ] { #expect(Key(label: label) == key) }
        for label in [
            "", "ctrl-i", "ctrl-m", "ctrl-", "ctrl-é", "f13", "f0", "cc", "\u{1B}", "\u{9B}", "alt-", "hyper-x",
        ] {
            #expect(Key(label: label) == nil, "\(label.debugDescription)")
        }
    }

    @Test func footerHelpAndSentencesFollow() throws {
        let keys = try KeyMap.standard.rebound([
            .init(command: .cancel, keys: ["X"]), .init(command: .pause, keys: [.function(9)]),
            .init(command: .refresh, keys: []),
        ])
        var dashboard = Dashboard(
            size: Size(columns: 120, rows: 40), now: Moment(wall: Timestamp(milliseconds: 0), monotonic: 0),
            service: ServiceDescription(kind: "local", location: "here"), capabilities: Capabilities(), keys: keys)
        _ = dashboard.update(.key(.function(9)), at: dashboard.now)
        #expect(dashboard.notice?.text == "Polling is paused; F9 resumes, :refresh asks once.")
        _ = dashboard.update(.key("?"), at: dashboard.now)
        let help = (0..<40).map { dashboard.render().rowText($0) }
        #expect(help.contains { $0.contains("X                cancel the run") })
        #expect(help.contains { $0.contains("F9               pause and resume") })
    }

    @Test func columnsAndOrderAreThoseOfTheSettings() {
        let order = SortOrder(column: .metric("loss"), isDescending: true)
        let dashboard = Dashboard(
            size: Size(columns: 120, rows: 40), now: Moment(wall: Timestamp(milliseconds: 0), monotonic: 0),
            service: ServiceDescription(kind: "local", location: "here"), capabilities: Capabilities(),
            settings: .init(columns: ["loss", "acc"], sort: order))
        #expect(dashboard.columnChoice.words == ["loss", "acc"])
        #expect(dashboard.list.sort == order)
    }
}
