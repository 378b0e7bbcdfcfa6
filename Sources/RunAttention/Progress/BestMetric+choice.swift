import RunModel
import Synchronization

extension BestMetric {
    /// The better of what was best and the newest point of the metric that people look at first; nil where no metric is a
    /// finite number.
    init?(_ before: BestMetric?, _ metrics: LatestMetrics) {
        var chosen: (key: String, point: MetricPoint, rank: Int)?
        for entry in metrics.own {
            guard let number = entry.value.value.number, number.isFinite else { continue }
            let rank = Self.rank(of: entry.key)
            if chosen.map({ rank < $0.rank }) ?? true { chosen = (entry.key, entry.value, rank) }
        }
        guard let chosen, let value = chosen.point.value.number else {
            guard let before else { return nil }
            self = before
            return
        }
        if let before, before.key == chosen.key, !Self.isBetter(value, than: before.value, named: chosen.key) {
            self = before
        } else {
            self.init(key: chosen.key, value: value, step: chosen.point.step)
        }
    }

    /// By the metric's key: the same few are asked about with each change of each run.
    private static let ranks = Mutex<[String: Int]>([:])
    /// More than the scripts of one person have; past it all are forgotten.
    private static let mostRanks = 1_000

    private static func rank(of key: String) -> Int {
        ranks.withLock { ranks in
            if let known = ranks[key] { return known }
            if ranks.count >= mostRanks { ranks = [:] }
            let rank = ranked(key)
            ranks[key] = rank
            return rank
        }
    }

    /// What people look at first: validation before training, losses before scores, and those before all else.
    private static func ranked(_ key: String) -> Int {
        let name = key.lowercased()
        let isValidation = name.contains("val") || name.contains("test")
        if name.contains("loss") { return isValidation ? 0 : 1 }
        if hasScoreWord(name) { return isValidation ? 2 : 3 }
        return isValidation ? 4 : 5
    }

    private static func isBetter(_ value: Double, than other: Double, named key: String) -> Bool {
        isScore(key) ? value > other : value < other
    }

    /// Whether more of a metric is better, as far as its name tells.
    package static func isScore(_ key: String) -> Bool {
        let name = key.lowercased()
        return hasScoreWord(name) && !name.contains("loss")
    }

    private static func hasScoreWord(_ name: String) -> Bool {
        ["acc", "auc", "f1", "score", "reward", "precision", "recall", "bleu", "rouge", "r2", "iou", "map"]
            .contains { name.contains($0) }
    }
}
