import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

@Suite struct KeyMapTests {
    private static let keys = KeyMap.standard

    @Test func noTwoBindingsShareAKey() {
        for place in [CommandEntry.Place.panes, .log, .charts] {
            let all = Self.keys.bindings.filter { $0.command.entry.place.overlaps(place) }.flatMap(\.keys)
            #expect(Set(all).count == all.count)
        }
    }

    @Test func everyCommandHasANameOfItsOwn() {
        let names = Command.allCases.map(\.name)
        #expect(Set(names).count == names.count)
        for name in names {
            #expect(name.allSatisfy { $0.isLowercase || $0 == "-" }, "\(name)")
        }
    }

    @Test(arguments: Command.allCases) func everyCommandIsReachedByItsName(command: Command) {
        var palette = CommandPalette()
        for character in command.name { _ = palette.input.handle(.character(character)) }
        #expect(palette.chosen == .builtIn(command))
    }

    @Test func everyCommandWithoutAKeyTakesWords() {
        for command in Command.allCases where Self.keys.keys(for: command).isEmpty {
            #expect(command.takesArgument, "\(command) is reached only by name, and needs no words: give it a key")
        }
    }

    @Test(arguments: Command.allCases) func summariesFitTheHelp(command: Command) {
        #expect(TerminalText.width(of: command.summary) <= 38)
    }

    @Test func nothingOnKeysThatTerminalsAndMultiplexersTake() {
        for key in [Key.control("s"), .control("q"), .control("a"), .control("b"), .control("c"), .control("\\")] {
            #expect(Self.keys.command(for: key) == nil)
        }
        for binding in Self.keys.bindings {
            let hasFunctionKeyOnly = binding.keys.allSatisfy { if case .function = $0 { true } else { false } }
            #expect(!hasFunctionKeyOnly, "\(binding.command)")
        }
    }

    @Test func confirmingKeysInvokeNothingDangerous() {
        for key in ["y", "a"] as [Character] {
            let command = Self.keys.command(for: .character(key))
            #expect(![.cancel, .fail, .complete, .editTags].contains(command))
        }
    }

    @Test(arguments: PromptKeys.Context.allCases) func noKeyMeansTwoThingsInAPrompt(context: PromptKeys.Context) {
        let own = PromptKeys.bindings(in: context).flatMap(\.keys)
        let all = own + context.moves.flatMap(Self.keys.keys)
        #expect(Set(all).count == all.count)
        guard context == .line else { return }
        for key in own {
            var input = LineInput(text: "ab")
            let isEdit = input.handle(key)
            #expect(!isEdit, "\(key) edits the line")
        }
    }

    @Test func enterConfirmsNothing() {
        for context in [PromptKeys.Context.confirmation, .tagDeletion] {
            #expect(PromptKeys.action(for: .enter, in: context) == nil)
            #expect(PromptKeys.action(for: " ", in: context) == nil)
        }
        let confirming = PromptKeys.bindings(in: .confirmation).filter { [.confirm, .confirmAll].contains($0.action) }
        for key in confirming.flatMap(\.keys) {
            let command = Self.keys.command(for: key)
            #expect(![.cancel, .fail, .complete, .editTags].contains(command))
        }
    }

    @Test(arguments: Command.allCases) func everyCommandHasItsEntry(command: Command) {
        #expect(CommandEntry.table[command]?.command == command)
        #expect(CommandEntry.table.count == Command.allCases.count)
    }

    @Test func everyLabelIsShortAndPlainInASCII() {
        for key in Self.keys.bindings.flatMap(\.keys) {
            let label = key.label(ascii: true)
            let isPlain = label.allSatisfy { $0.isASCII }
            #expect(isPlain && !label.isEmpty && label.count <= 10)
        }
    }

    @Test func theTableHasEveryKeyAndCommand() {
        let table = KeyTable.markdown(Self.keys)
        for key in Self.keys.bindings.flatMap(\.keys) { #expect(table.contains("`\(key.label(ascii: false))`")) }
        for command in Command.allCases { #expect(table.contains(command.summary)) }
        for binding in PromptKeys.Context.allCases.flatMap(PromptKeys.bindings) {
            #expect(table.contains(binding.summary))
        }
    }
}
