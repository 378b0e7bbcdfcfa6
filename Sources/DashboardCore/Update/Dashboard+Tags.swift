import RunModel
import RunServices
import TerminalUI

extension Dashboard {
    mutating func openTagEditor() {
        let targets = actionTargets
        guard !targets.isEmpty else { return }
        let sample = list.order.slots.prefix(Self.vocabularySample).map { list.table[$0] }
        mode = .editingTags(TagEditor(targets: targets, vocabulary: TagVocabulary(sample)))
    }

    /// Runs looked at for completion: the newest in the list's order, and quick to read even with many loaded.
    private static let vocabularySample = 5_000

    /// The tags of the editor's targets as they are now: a refresh shows edits made elsewhere.
    package func tagRows(of editor: TagEditor) -> [TagEditor.Row] {
        TagEditor.rows(of: editor.targets.compactMap { list.table[$0] })
    }

    mutating func tagKey(_ key: Key, _ editor: TagEditor) -> [Effect] {
        var editor = editor
        editor.problem = nil
        switch editor.line {
        case .none: return tagListKey(key, editor)
        case .adding(let input): return tagLineKey(key, editor, input) { TagEditor.edit(fromLine: $0) }
        case .changing(let tag, let input):
            let row = tagRows(of: editor).first { $0.key.isExactly(tag) }
            let targets = editor.targets.count
            return tagLineKey(key, editor, input) { TagEditor.change(of: row, to: $0, of: tag, targets: targets) }
        case .deleting(let tag):
            editor.line = .none
            mode = .editingTags(editor)
            let isConfirmed = PromptKeys.action(for: key, in: .tagDeletion) == .confirm
            return isConfirmed ? send(.delete(key: tag), for: editor) : []
        }
    }

    private mutating func tagListKey(_ key: Key, _ editor: TagEditor) -> [Effect] {
        var editor = editor
        let rows = tagRows(of: editor)
        let selected = rows.isEmpty ? nil : rows[min(editor.selection, rows.count - 1)]
        switch PromptKeys.action(for: key, in: .tagList) {
        case .add: editor.line = .adding(LineInput())
        case .change:
            if let selected {
                editor.line = .changing(key: selected.key, LineInput(text: TagEditor.initialText(selected)))
            }
        case .delete:
            if let selected { editor.line = .deleting(key: selected.key) }
        case .close:
            mode = .browsing
            return []
        default:
            switch keys.command(for: key) {
            case .up: editor.selection = max(0, min(editor.selection, rows.count - 1) - 1)
            case .down: editor.selection = min(max(0, rows.count - 1), editor.selection + 1)
            default: return []
            }
        }
        mode = .editingTags(editor)
        return []
    }

    private mutating func tagLineKey(
        _ key: Key, _ editor: TagEditor, _ input: LineInput, _ edit: (String) -> TagEdit?
    ) -> [Effect] {
        var editor = editor
        var input = input
        switch PromptKeys.action(for: key, in: .line) {
        case .accept:
            guard let edit = edit(input.text) else {
                editor.line = .none
                mode = .editingTags(editor)
                return []
            }
            if case .set(_, nil) = edit, let reason = capabilities.keyOnlyTags.reason {
                editor.problem = reason
                mode = .editingTags(editor)
                return []
            }
            editor.line = .none
            mode = .editingTags(editor)
            return send(edit, for: editor)
        case .cancel:
            editor.line = .none
            mode = .editingTags(editor)
            return []
        case .complete:
            if let suggestion = editor.suggestions.first { input = LineInput(text: suggestion) }
        default:
            _ = input.handle(key)
        }
        editor.line =
            switch editor.line {
            case .changing(let key, _): .changing(key: key, input)
            default: .adding(input)
            }
        mode = .editingTags(editor)
        return []
    }

    private mutating func send(_ edit: TagEdit, for editor: TagEditor) -> [Effect] {
        // A tag that only some of several runs have is deleted where it is.
        let targets = editor.targets.filter { id in
            if case .delete(let key) = edit { return list.table[id]?.tags.contains(key) ?? false }
            return true
        }
        guard !targets.isEmpty else { return [] }
        notice = nil
        polling.openQuestions += 1
        return [.steer(.editTags([edit]), targets)]
    }
}
