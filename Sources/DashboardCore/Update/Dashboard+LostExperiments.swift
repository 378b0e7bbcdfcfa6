import RunModel
import RunServices

/// What happens when the experiment on screen is deleted: the list of all takes its place.
extension Dashboard {
    /// Lists all runs instead of those of the experiment in scope.
    mutating func leaveExperiment() -> [Effect] {
        polling.forget(list.scope)
        experiments.cursor = 0
        list.setScope(.all)
        chooseMetricColumns()
        return pollAfresh()
    }

    /// Says why the list is another one, once everything has been read again: the experiment may be gone, or the whole
    /// service was for a while.
    mutating func tellLostExperiment() {
        guard let lost = polling.lostExperiment else { return }
        polling.lostExperiment = nil
        if experiments.experiments.contains(where: { $0.id == lost.id }) {
            announce(.hint, "“\(lost.name)” can't be listed: \(lost.reason) These are the runs of all experiments.")
            return
        }
        forgetExperiment(lost.id)
        announce(.hint, Self.sentence(aboutGone: lost.name))
    }

    static func sentence(aboutGone name: String) -> String {
        "The experiment “\(name)” was deleted; these are the runs of all experiments."
    }

    /// Takes an experiment that is gone out of the panes, and its runs with it, however much of that the service told.
    mutating func forgetExperiment(_ id: ExperimentID) {
        experiments.merge([], gone: [id])
        let gone = list.order.slots.map { list.table[$0] }.filter { $0.experimentID == id }.map(\.id)
        if !gone.isEmpty { notice(list.merge([], gone: gone, at: now.wall, isLoading: false), gone: gone) }
    }
}
