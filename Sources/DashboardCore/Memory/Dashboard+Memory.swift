import RunModel
import RunServices
import TerminalUI

/// What is still to be found again, once the runs are there.
struct Recollection: Sendable {
    enum Experiment: Equatable, Sendable {
        case id(ExperimentID)
        /// As a view names it.
        case name(String)
    }

    var experiment: Experiment?
    var cursor: RunID?

    var isEmpty: Bool { experiment == nil && cursor == nil }
}

extension Dashboard {
    /// How the screen is left.
    package var memory: ScreenMemory {
        var memory = ScreenMemory()
        if case .experiment(let id) = list.scope { memory.experiment = id }
        if case .id(let id) = recollection.experiment { memory.experiment = id }
        memory.cursor = recollection.cursor ?? list.selectedID ?? list.hiddenSelection
        memory.filter = list.filter?.text ?? ""
        memory.sort = list.sort == standardSort ? nil : list.sort
        memory.columns = columnChoice == standardColumns ? nil : columnChoice.words
        memory.folds = list.folds
        memory.marks = list.marks.union(list.awaitedMarks)
        memory.baseline = baseline
        memory.best = list.best.map { ScreenMemory.Best(metric: $0.metric, isMost: $0.isMost) }
        return memory
    }

    /// Makes the screen what it was when it was left. Runs are found again when they are read.
    mutating func recall(_ memory: ScreenMemory?, complaint: String?) {
        if let complaint { announce(.hint, complaint) }
        guard let memory else { return }
        recollection = Recollection(experiment: memory.experiment.map { .id($0) }, cursor: memory.cursor)
        if let sort = memory.sort { list.setSort(sort, at: now.wall) }
        if let columns = memory.columns { columnChoice = ColumnChoice(words: columns) }
        if let best = memory.best { list.markBest(metric: best.metric, isMost: best.isMost) }
        baseline = memory.baseline
        list.folds = memory.folds
        list.awaitedMarks = memory.marks
        if !memory.filter.isEmpty {
            applyFilter(memory.filter)
            restoreFilterLine()
        }
    }

    /// Nothing is looked for any more.
    mutating func stopRecollecting() { recollection = Recollection() }

    /// Finds again what an answer brought; returns what going to the experiment asks for, nil where it goes nowhere.
    ///
    /// - Parameter isLast: the first full read of `scope` has ended with this.
    mutating func recollect(_ scope: RunScope, isLast: Bool) -> [Effect]? {
        var effects: [Effect]?
        if let wanted = recollection.experiment {
            let index = experiments.experiments.firstIndex { experiment in
                switch wanted {
                case .id(let id): experiment.id == id
                case .name(let name): experiment.name == name
                }
            }
            if let index {
                recollection.experiment = nil
                experiments.cursor = index + 1
                if let cursor = recollection.cursor { list.remember(cursor, in: experiments.scope(at: index + 1)) }
                if experiments.scope(at: index + 1) != list.scope { effects = enterExperiment() }
            } else if isLast {
                recollection.experiment = nil
                if case .name(let name) = wanted {
                    announce(.hint, "There is no experiment “\(name)” here; these are the runs of all.")
                }
            }
        }
        if let cursor = recollection.cursor, list.table.slot(of: cursor) != nil {
            list.selectWherever(cursor)
            recollection.cursor = nil
        }
        if isLast, effects == nil {
            recollection.cursor = nil
            if scope == .all, !polling.truncated.contains(scope) { forgetWhatIsGone() }
        }
        return effects
    }

    /// Everything is read, so what is not there does not exist any more.
    private mutating func forgetWhatIsGone() {
        list.awaitedMarks = []
        for id in list.folds.keys where list.table.slot(of: id) == nil { list.folds[id] = nil }
        if baselineRun == nil { baseline = nil }
    }
}

extension RunList {
    /// Selects a run that is loaded, or the nearest of its ancestors that is listed.
    mutating func selectWherever(_ id: RunID) {
        selectedID = id
        relist(previousRow: nil)
    }

    /// Has a run selected when a scope is listed.
    mutating func remember(_ id: RunID, in scope: RunScope) { remembered[scope] = id }
}
