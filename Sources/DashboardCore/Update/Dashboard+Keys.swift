import RunModel
import RunServices
import TerminalUI

extension Dashboard {
    mutating func pressed(_ key: Key) -> [Effect] {
        attention.log.look()
        let (selected, scope) = (list.selectedID, list.scope)
        let effects = pressedKey(key)
        // Who goes elsewhere goes on from there.
        if list.selectedID != selected || list.scope != scope { stopRecollecting() }
        // A text that came in part must not be taken for the whole.
        if let lost = mode.line?.lost, lost > 0 {
            announce(
                .refused,
                "A line holds \(LineInput.limit / 1_024) KiB: \(Counted.text(lost, "byte")) did not fit and "
                    + "\(Counted.word(lost, "was", plural: "were")) left out.")
        }
        return effects
    }

    mutating func pressedKey(_ key: Key) -> [Effect] {
        if key == .control("c") { return interrupted() }
        if case .mouse(let mouse) = key { return pointed(mouse) }
        switch mode {
        case .browsing:
            if let queues { return queueKey(key, queues) }
            if let comparison { return comparisonKey(key, comparison) }
            return browsingKey(key)
        case .filtering(let input): return filteringKey(key, input)
        case .filteringComparison(let input): return comparisonFilterKey(key, input)
        case .searchingLog(let input): return searchingKey(key, input)
        case .commanding(let palette): return paletteKey(key, palette)
        case .sorting(let selection): return sortingKey(key, selection)
        case .choosingColumns(let chooser): return columnChooserKey(key, chooser)
        case .choosingView(let menu): return viewKey(key, menu)
        case .choosingService(let menu): return choosingServiceKey(key, menu)
        case .choosingLog(let selection): return choosingLogKey(key, selection)
        case .browsingArtifacts(let browser): return artifactKey(key, browser)
        case .renaming(let input, let target): return renamingKey(key, input, target)
        case .explainingFailure(let input, let targets): return explainingKey(key, input, targets)
        case .askingInput(let input, let call): return askingInputKey(key, input, call)
        case .confirmingCommand(let call): return confirmingCommandKey(key, call)
        case .confirming(let confirmation): return confirmingKey(key, confirmation)
        case .rerunning(let prompt): return rerunningKey(key, prompt)
        case .copying(let menu): return copyingKey(key, menu)
        case .readingText(let plain): return plainTextKey(key, plain)
        case .editingTags(let editor): return tagKey(key, editor)
        case .reporting(let report): return reportKey(key, report)
        case .reviewingEvents(let selected): return eventsKey(key, selected)
        case .overlayingCharts: return overlayKey(key)
        case .helping(let scroll): return helpKey(key, scroll)
        }
    }

    /// Pasted text never triggers an action: here it is dropped.
    private mutating func browsingKey(_ key: Key) -> [Effect] {
        guard let command = keys.command(for: key, in: keyPlace) else {
            guard let own = userCommand(for: key) else { return [] }
            notice = nil
            return perform(own)
        }
        // What was said of the last command is not said of this one.
        if !command.isMoving { notice = nil }
        return perform(command)
    }

    private var keyPlace: CommandEntry.Place {
        switch detail.tab {
        case .logs where focus == .detail: .log
        case .metrics where focus == .detail: .charts
        default: .panes
        }
    }

    /// ctrl-c leaves whatever is being typed; at rest it explains, and twice within a second it quits.
    private mutating func interrupted() -> [Effect] {
        if mode != .browsing {
            mode = .browsing
            restoreFilterLine()
            return []
        }
        if queues != nil {
            queues = nil
            return []
        }
        if comparison != nil {
            comparison = nil
            return []
        }
        if let interruptedAt, now.monotonic - interruptedAt < 1_000 { return [.quit] }
        interruptedAt = now.monotonic
        announce(.hint, "Press \(keyName(.quit)), or ctrl-c again, to quit.")
        return []
    }

    /// Escape twice over: closes what is open, else what is zoomed, else the filter, else goes back to the runs.
    mutating func back() -> [Effect] {
        if services.opening != nil {
            return abandonConnection()
        } else if focus == .detail, detail.tab == .metrics, detail.charts.view.cursor != nil {
            detail.charts.view.hideCursor()
        } else if detail.isZoomed {
            detail.isZoomed = false
        } else if focus != .runs {
            focus = .runs
        } else if list.filter != nil || !filterText.isEmpty {
            filterText = ""
            filterError = nil
            list.setFilter(nil, at: now.wall)
            chooseMetricColumns()
        } else if !list.marks.isEmpty {
            list.unmarkAll()
        } else {
            notice = nil
        }
        return []
    }

    mutating func helpKey(_ key: Key, _ scroll: Int) -> [Effect] {
        switch scrolled(scroll, by: key) {
        case let scroll?: mode = .helping(min(scroll, HelpView.lastScroll(self)))
        case nil: mode = .browsing
        }
        return []
    }

    mutating func reportKey(_ key: Key, _ report: Report) -> [Effect] {
        var report = report
        switch scrolled(report.scroll, by: key) {
        case let scroll?:
            report.scroll = min(scroll, ReportView.lastScroll(report, self))
            mode = .reporting(report)
        case nil: mode = .browsing
        }
        return []
    }

    /// The new scroll position of a page of text; nil for any key that is not about moving, which closes it.
    func scrolled(_ scroll: Int, by key: Key) -> Int? {
        let page = max(1, size.rows - 4)
        switch keys.command(for: key) {
        case .up: return max(0, scroll - 1)
        case .down: return scroll + 1
        case .pageUp, .halfPageUp: return max(0, scroll - page)
        case .pageDown, .halfPageDown: return scroll + page
        case .first: return 0
        case .last: return .max
        default: return nil
        }
    }
}
