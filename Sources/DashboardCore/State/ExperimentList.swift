package import RunModel
package import RunServices

/// The experiments pane: every experiment with its counts, and an entry for all of them.
package struct ExperimentList: Sendable {
    /// By name, as people count.
    package private(set) var experiments: [Experiment] = []
    /// How many runs there are of each status, over all experiments.
    package private(set) var total = StatusCounts()
    /// The row under the cursor; 0 is "All".
    package internal(set) var cursor = 0
    /// The first row in view.
    package internal(set) var top = 0

    /// With no experiment known yet.
    package init() {}

    /// Rows, the one for all experiments among them.
    package var count: Int { experiments.count + 1 }

    func scope(at row: Int) -> RunScope {
        row == 0 || row > experiments.count ? .all : .experiment(experiments[row - 1].id)
    }

    func row(of scope: RunScope) -> Int {
        guard case .experiment(let id) = scope else { return 0 }
        return experiments.firstIndex { $0.id == id }.map { $0 + 1 } ?? 0
    }

    /// What a person calls the scope; its id while the experiment is not known.
    package func name(of scope: RunScope) -> String {
        guard case .experiment(let id) = scope else { return "all experiments" }
        return experiments.first { $0.id == id }?.name ?? id.text
    }

    /// Takes in changed and gone experiments; returns the new names of those that are called otherwise now.
    @discardableResult
    mutating func merge(_ changed: [Experiment], gone: [ExperimentID]) -> [ExperimentID: String] {
        guard !changed.isEmpty || !gone.isEmpty else { return [:] }
        let scope = scope(at: cursor)
        var byID = Dictionary(uniqueKeysWithValues: experiments.map { ($0.id, $0) })
        var renamed: [ExperimentID: String] = [:]
        for experiment in changed {
            if let known = byID[experiment.id], known.name != experiment.name { renamed[known.id] = experiment.name }
            byID[experiment.id] = experiment
        }
        for id in gone { byID[id] = nil }
        experiments = byID.values.sorted {
            let order = NaturalOrder.compare($0.name, $1.name)
            return order == 0 ? $0.id < $1.id : order < 0
        }
        total = experiments.reduce(StatusCounts()) { $0 + $1.counts }
        cursor = row(of: scope)
        return renamed
    }

    mutating func scroll(height: Int) {
        guard height > 0 else { return }
        if cursor < top { top = cursor }
        if cursor >= top + height { top = cursor - height + 1 }
        top = max(0, min(top, count - height))
    }
}
