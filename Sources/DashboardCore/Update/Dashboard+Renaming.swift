import RunModel
import RunServices
import TerminalUI

extension Dashboard {
    /// Gives the selected run the name, or asks for it.
    mutating func renameCommand(_ argument: String) -> [Effect] {
        guard let target = actionTargets.first else { return [] }
        if !argument.isEmpty { return rename(target, to: argument) }
        mode = .renaming(LineInput(text: list.table[target]?.name ?? ""), target: target)
        return []
    }

    mutating func renamingKey(_ key: Key, _ input: LineInput, _ target: RunID) -> [Effect] {
        var input = input
        switch PromptKeys.action(for: key, in: .line) {
        case .accept:
            mode = .browsing
            return rename(target, to: input.text)
        case .cancel:
            mode = .browsing
            announce(.hint, "Nothing was changed.")
        default:
            if input.handle(key) { mode = .renaming(input, target: target) }
        }
        return []
    }

    private mutating func rename(_ target: RunID, to name: String) -> [Effect] {
        let before = list.table[target]?.name ?? ""
        guard !name.isEmpty, name != before else {
            announce(.hint, "Nothing was changed.")
            return []
        }
        notice = nil
        polling.openQuestions += 1
        return [.steer(.rename(from: before, to: name), [target])]
    }
}
