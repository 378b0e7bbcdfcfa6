import RunModel
import RunServices
import TerminalUI

extension Dashboard {
    /// Takes in one action and answers with what has to be done outside.
    package mutating func update(_ action: Action, at moment: Moment) -> [Effect] {
        now = moment
        if let notice, notice.until <= moment.monotonic { self.notice = nil }
        var effects: [Effect]
        switch action {
        case .started: effects = poll()
        case .key(let key): effects = pressed(key)
        case .resized(let size): effects = resized(to: size)
        case .tick: effects = ticked()
        case .elapsed: effects = []
        case .changesArrived(let batch, let scope, let generation, let latency):
            effects = changesArrived(batch, scope: scope, generation: generation, latency: latency)
        case .pollFailed(let error, let generation): effects = pollFailed(error, generation: generation)
        case .detailsArrived(let id, let result): effects = detailsArrived(id, result)
        case .seriesArrived(let purpose, let requested, let result):
            effects = seriesArrived(purpose, requested: requested, result)
        case .logArrived(let request, let result): effects = logArrived(request, result)
        case .artifactsArrived(let request, let result): effects = artifactsArrived(request, result)
        case .logSearched(let search, let result): effects = logSearched(search, result)
        case .inspected(let ids, let result): effects = inspected(ids, result)
        case .steered(let steering, let outcomes): effects = steered(steering, outcomes)
        case .steeredElsewhere(let service, let steering, let outcomes):
            effects = steeredElsewhere(service, steering, outcomes)
        case .rerunAnswered(let id, let result): effects = rerunAnswered(id, result)
        case .queuesArrived(let result): effects = queuesArrived(result)
        case .queueChanged(let change, let error): effects = queueChanged(change, error)
        case .connected(let service, let capabilities): effects = connected(service, capabilities)
        case .connectionFailed(let name, let error): effects = connectionFailed(name, error)
        case .copied(let request, let outcome):
            copied(request, outcome)
            effects = []
        case .exported(let outcome):
            exported(outcome)
            effects = []
        case .noteEdited(let draft, let outcome): effects = noteEdited(draft, outcome)
        case .hookFailed(let sentence):
            announce(.refused, sentence)
            effects = []
        case .recalled(let memory, let complaint):
            recall(memory, complaint: complaint)
            effects = []
        case .viewChosen(let view): effects = apply(view)
        case .viewsArrived(let change, let result): effects = viewsArrived(change, result)
        case .commandEnded(let name, let end, let lastLine):
            effects = commandEnded(name, end, lastLine: lastLine)
        case .serviceOpened(let capabilities): effects = serviceOpened(capabilities)
        }
        if mode == .browsing, let report = pendingReport {
            pendingReport = nil
            mode = .reporting(report)
        }
        keepInView()
        effects.append(contentsOf: demands())
        effects.append(contentsOf: takeOutbox())
        return effects
    }

    private mutating func resized(to size: Size) -> [Effect] {
        self.size = size
        return []
    }

    /// Clamps every scroll position to what there is, with the selection on screen.
    private mutating func keepInView() {
        let layout = layout
        list.scrollToSelection(height: layout.runRows.height)
        list.lookForBest(height: layout.runRows.height)
        experiments.scroll(height: layout.experimentRows.height)
        keepHighlightedChild()
        keepOverlay()
        keepComparison()
    }

    /// Shows a line for a while: long enough to be read once. A refusal that is too long for that opens as a page.
    mutating func announce(_ kind: Notice.Kind, _ text: String) {
        // Where keys and truth line share a line, the truth line keeps a quarter of it.
        let width = size.columns >= Layout.wideColumns ? size.columns * 3 / 4 - 4 : size.columns - 2
        let lines = TerminalText.wrapped(text, width: max(1, width)).count
        if kind == .refused, lines > FooterView.mostNoticeLines {
            pendingReport = Report(title: "Refused", lines: [text], scroll: 0)
        }
        let duration: Int64 = kind == .refused ? 10_000 : 5_000
        notice = Notice(kind: kind, text: text, until: now.monotonic + duration)
    }
}
