import RunAttention
import RunModel

/// A star for the best child of each parent, by a metric.
extension Dashboard {
    /// `loss min`, `acc max`, or a metric alone, which is judged by its name; without words nothing is marked any more.
    mutating func bestCommand(_ argument: String) {
        guard var words = ColumnWords.parse(argument)?.map(\.column), words.count <= 2 else {
            announce(.refused, "Name a metric, and min or max behind it: “:best loss min”, “:best \"val acc\" max”.")
            return
        }
        var isMost: Bool?
        if words.count == 2, let way = words.last?.latestMetric, ["min", "max"].contains(way) {
            isMost = way == "max"
            words.removeLast()
        }
        guard words.count <= 1 else {
            announce(.refused, "Name one metric, and min or max behind it: “:best loss min”.")
            return
        }
        guard let word = words.first else {
            announce(
                .done, list.best == nil ? "No metric marks the best; “:best loss min” does." : "No run is starred.")
            list.best = nil
            return
        }
        guard case .metric(let key, let extent) = word else {
            announce(.refused, "“\(word.text)” is no metric; “:best loss min” stars the child with the least loss.")
            return
        }
        if extent != .last { isMost = extent == .max }
        let most = isMost ?? BestMetric.isScore(key.text)
        list.markBest(metric: key.text, isMost: most)
        announce(
            .done, "\(BestText.star(glyphs)) is the child with the \(most ? "greatest" : "least") “\(key.text)”.")
    }
}
