import RunModel
import RunServices
import TerminalUI

extension Dashboard {
    /// Why a command does nothing now; nil when it does something.
    package func unavailable(_ command: Command) -> String? {
        command.entry.refusal(self)
    }

    var noTargets: String? {
        // A prompt must not open on runs that are about to leave the screen.
        if let opening = services.opening { return "Opening \(opening); \(keyName(.back)) stays here." }
        return actionTargets.isEmpty ? "No run is selected." : nil
    }

    var severalTargets: String? {
        actionTargets.count > 1 ? "Runs are renamed one at a time; \(keyName(.unmarkAll)) unmarks all." : nil
    }

    /// The runs that a command is about: the marked ones, else the selected one.
    var actionTargets: [RunID] {
        if !list.marks.isEmpty { return list.marks.sorted() }
        if focus == .detail, detail.tab == .children, let child = highlightedChild { return [child.id] }
        return list.selectedID.map { [$0] } ?? []
    }

    mutating func perform(_ command: Command, argument: String = "") -> [Effect] {
        if let reason = unavailable(command) {
            announce(.refused, reason)
            return []
        }
        if !command.leavesComparisonOpen { comparison = nil }
        if !command.leavesQueuesOpen { queues = nil }
        switch command {
        case .up, .down, .pageUp, .pageDown, .halfPageUp, .halfPageDown, .first, .last, .left, .right, .open:
            return move(command)
        case .back: return back()
        case .nextPane: moveFocus(by: 1)
        case .previousPane: moveFocus(by: -1)
        case .mark, .markRange, .markAll, .unmarkAll: mark(command)
        case .watch: toggleWatch()
        case .compare: compareCommand()
        case .sort: return sortCommand(argument)
        case .reverseSort, .nextSort, .previousSort: changeSort(command)
        case .foldAll: list.setAllExpanded(!list.rows.contains(where: \.isExpanded))
        case .filter: return openFilter(argument)
        case .overview, .metrics, .logs, .tags, .children: show(command)
        case .zoom: zoom()
        case .follow: followLog()
        case .nextMatch: return searchLog(forward: true)
        case .previousMatch: return searchLog(forward: false)
        case .wrap: detail.log.wraps.toggle()
        case .previousLog: turnLog(by: -1)
        case .nextLog: turnLog(by: 1)
        case .logFile: logFileCommand(argument)
        case .artifacts: artifactsCommand(argument)
        case .xAxis, .yAxis, .smooth, .zoomIn, .zoomOut, .wholeRange, .earlier, .later, .readValues:
            controlCharts(command)
        case .charts: openOverlaidCharts()
        case .cancel: return openCancel()
        case .kill: return openConfirmation(.kill)
        case .complete: return openConfirmation(.complete)
        case .fail: mode = .explainingFailure(LineInput(), targets: actionTargets)
        case .hold: return giveOrder(.hold)
        case .release: return giveOrder(.release)
        case .requeue: return openConfirmation(.requeue)
        case .editTags: openTagEditor()
        case .rename: return renameCommand(argument)
        case .rerun: openRerun(argument)
        case .note: return noteCommand()
        case .copy: openCopyMenu()
        case .export: return exportCommand(argument)
        case .events: openEvents()
        case .queues: openQueues()
        case .refresh: return refresh()
        case .pause: return togglePause()
        case .slower: return stepInterval(slower: true)
        case .faster: return stepInterval(slower: false)
        case .command: mode = .commanding(CommandPalette(own: commands))
        case .help: mode = .helping(0)
        case .redraw: return [.redraw]
        case .suspend: return [.suspend]
        case .quit: return [.quit]
        case .service: return serviceCommand(argument)
        case .columns: columnsCommand(argument)
        case .columnsLeft: scrollColumns(by: -1)
        case .columnsRight: scrollColumns(by: 1)
        case .baseline: toggleBaseline()
        case .best: bestCommand(argument)
        case .view: return viewCommand(argument)
        case .experiment, .limit, .interval: return settingCommand(command, argument)
        }
        return []
    }

    private mutating func refresh() -> [Effect] {
        detail.isStale = true
        queues?.isStale = true
        detail.charts.loadedMetrics = nil
        detail.charts.refused = [:]
        detail.log.settledSize = nil
        sparklines.unblock()
        overlay.unblock(atWish: true)
        comparison?.readings.restart()
        return pollAfresh()
    }

    private mutating func togglePause() -> [Effect] {
        polling.isPaused.toggle()
        let paused = "Polling is paused; \(keyName(.pause)) resumes, \(keyName(.refresh)) asks once."
        announce(.done, polling.isPaused ? paused : "Polling again.")
        return polling.isPaused ? [] : pollAfresh()
    }

    /// Commands that mean something only with words after them.
    private mutating func settingCommand(_ command: Command, _ argument: String) -> [Effect] {
        switch command {
        case .experiment: return selectExperiment(named: argument)
        case .interval:
            guard let seconds = Double(argument), (0.1...3_600).contains(seconds) else {
                announce(.refused, "Give the interval in seconds, from 0.1 to 3600: “:interval 5”.")
                return []
            }
            return setInterval(Int(seconds * 1_000))
        default:
            guard let limit = Int(argument), limit > 0 else {
                announce(.refused, "Give a number of runs: “:limit 50000”.")
                return []
            }
            announce(.done, "Loading at most \(Counted.text(limit, "run")).")
            return setLimit(limit)
        }
    }

    private mutating func selectExperiment(named name: String) -> [Effect] {
        if name.isEmpty || name.lowercased() == "all" {
            experiments.cursor = 0
        } else {
            let wanted = name.lowercased()
            let names = experiments.experiments.map { $0.name.lowercased() }
            guard let index = names.firstIndex(of: wanted) ?? names.firstIndex(where: { $0.contains(wanted) }) else {
                announce(.refused, "There is no experiment “\(name)”.")
                return []
            }
            experiments.cursor = index + 1
        }
        focus = .runs
        return enterExperiment()
    }

    /// Lists the runs of the experiment under the cursor.
    mutating func enterExperiment() -> [Effect] {
        let scope = experiments.scope(at: experiments.cursor)
        guard scope != list.scope else { return [] }
        list.setScope(scope)
        chooseMetricColumns()
        return pollAfresh()
    }
}
