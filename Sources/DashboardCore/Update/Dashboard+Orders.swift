import RunModel
import RunServices

extension Dashboard {
    /// Gives an order that can be taken back, so nothing is asked first.
    mutating func giveOrder(_ order: JobOrder) -> [Effect] {
        let targets = actionTargets
        guard !targets.isEmpty else { return [] }
        notice = nil
        for id in targets { inFlight[id] = .order(order) }
        polling.openQuestions += 1
        return [.steer(.order(order), targets)]
    }
}
