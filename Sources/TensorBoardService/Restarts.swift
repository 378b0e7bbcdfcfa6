/// The places at which a run began anew from a checkpoint: what was logged before for the same steps and later ones counts
/// no more (TensorBoard's purge).
struct Restarts: Equatable {
    private struct Restart: Equatable {
        let place: EventPlace
        let step: Int64
    }

    /// In ascending order of both: one that a later one makes needless is left out.
    private var kept: [Restart] = []
    /// Beyond any real number of restarts; later ones drop nothing. None that was noted is forgotten, or it would be a new one
    /// each time that its file is read.
    private static let limit = 1_000

    /// Takes note of a restart; returns whether it was not known.
    mutating func note(_ place: EventPlace, step: Int64) -> Bool {
        let index = kept.firstIndex { $0.place >= place } ?? kept.count
        if kept.count >= Self.limit || kept[index...].contains(where: { $0.step <= step }) { return false }
        kept.insert(Restart(place: place, step: step), at: index)
        let restart = kept[index]
        kept.removeAll { $0.place < place && $0.step >= restart.step }
        return true
    }

    /// Whether what was logged for a step at a place was logged anew later.
    func drop(_ step: Int64, at place: EventPlace) -> Bool {
        // Most runs have none at all.
        if kept.isEmpty { return false }
        return kept.first { $0.place > place }.map { $0.step <= step } ?? false
    }
}
