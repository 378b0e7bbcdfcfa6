import RunModel
import RunServices
import TerminalUI

/// Filter, order, columns and experiment under a name.
extension Dashboard {
    /// `save NAME`, `delete NAME`, or the name of a view to look through; without words, the list of them.
    mutating func viewCommand(_ argument: String) -> [Effect] {
        let words = argument.split(separator: " ", maxSplits: 1).map(String.init)
        switch words.first {
        case nil:
            mode = .choosingView(ViewMenu())
            // Others may have changed the file meanwhile.
            return [.changeViews(.read)]
        case "save": return saveView(named: words.count > 1 ? words[1] : "")
        case "delete":
            guard words.count > 1, let view = view(named: words[1]) else {
                announce(
                    .refused, "Name the view to delete, as in “:view delete sweeps”; \(keyName(.view)) lists them.")
                return []
            }
            return [.changeViews(.delete(view.name))]
        default:
            guard let view = view(named: argument) else {
                announce(.refused, "There is no view “\(argument)”; \(keyName(.view)) lists them.")
                return []
            }
            return apply(view)
        }
    }

    private func view(named name: String) -> NamedView? {
        views.first { $0.name == name } ?? views.first { $0.name.lowercased() == name.lowercased() }
    }

    private mutating func saveView(named name: String) -> [Effect] {
        guard NamedView.isName(name) else {
            announce(
                .refused,
                "A view needs a name of up to \(NamedView.longestName) bytes on one line: “:view save failed sweeps”.")
            return []
        }
        let words = columnChoice.words
        var view = NamedView(
            name: name, filter: list.filter?.text ?? "", sort: list.sort, columns: words.isEmpty ? ["auto"] : words)
        if case .experiment = list.scope { view.experiment = experiments.name(of: list.scope) }
        return [.changeViews(.save(view))]
    }

    mutating func viewKey(_ key: Key, _ menu: ViewMenu) -> [Effect] {
        var menu = menu
        if let name = menu.deleting {
            menu.deleting = nil
            mode = .choosingView(menu)
            return PromptKeys.action(for: key, in: .tagDeletion) == .confirm ? [.changeViews(.delete(name))] : []
        }
        let selected = views.indices.contains(menu.selection) ? views[menu.selection] : views.last
        switch PromptKeys.action(for: key, in: .views) {
        case .choose:
            mode = .browsing
            return selected.map { apply($0) } ?? []
        case .add:
            var palette = CommandPalette(command: .view)
            palette.input = LineInput(text: Command.view.name + " save ")
            mode = .commanding(palette)
        case .delete:
            menu.deleting = selected?.name
            mode = .choosingView(menu)
        default:
            guard let next = menuSelection(menu.selection, key, count: max(1, views.count), opener: .view) else {
                mode = .browsing
                return []
            }
            menu.selection = next
            mode = .choosingView(menu)
        }
        return []
    }

    /// Shows runs as a view says; what it does not name is as at the start.
    mutating func apply(_ view: NamedView) -> [Effect] {
        focus = .runs
        list.setSort(view.sort ?? standardSort, at: now.wall)
        setColumns(view.columns.isEmpty ? standardColumns : ColumnChoice(words: view.columns))
        applyFilter(view.filter)
        let error = filterError
        restoreFilterLine()
        announce(.done, "View “\(view.name)”.")
        if let error { announce(.refused, "The filter of “\(view.name)” is wrong: \(error.message)") }
        guard let name = view.experiment else {
            experiments.cursor = 0
            return enterExperiment()
        }
        if let index = experiments.experiments.firstIndex(where: { $0.name == name }) {
            experiments.cursor = index + 1
            return enterExperiment()
        }
        if polling.loaded.isEmpty {
            recollection.experiment = .name(name)
        } else {
            announce(.refused, "There is no experiment “\(name)” here, which the view “\(view.name)” is of.")
        }
        return []
    }

    mutating func viewsArrived(_ change: ViewChange, _ result: Result<[NamedView], RunServiceError>) -> [Effect] {
        switch result {
        case .success(let views):
            self.views = views
            switch change {
            case .read: break
            case .save(let view): announce(.done, "View “\(view.name)” is saved; \(keyName(.view)) lists it.")
            case .delete(let name): announce(.done, "View “\(name)” is deleted.")
            }
        case .failure(let error): announce(.refused, error.message)
        }
        if case .choosingView(var menu) = mode {
            menu.selection = max(0, min(menu.selection, views.count - 1))
            mode = .choosingView(menu)
        }
        return []
    }
}
