extension SortOrder {
    /// `loss`, `started asc`, `metrics.name DESC`: a column or a metric, then which way; by itself the way that people
    /// expect first. Nil where nothing is named.
    package init?(_ text: String) {
        var words = text.split(whereSeparator: \.isWhitespace)
        var isDescending: Bool?
        if words.count > 1, let way = words.last?.lowercased(), ["asc", "desc"].contains(way) {
            isDescending = way == "desc"
            words.removeLast()
        }
        let name = words.joined(separator: " ")
        let metric =
            name.lowercased().hasPrefix("system.")
            ? SystemMetric.key(named: String(name.dropFirst("system.".count)))
            : ["metrics.", "metric."].first { name.hasPrefix($0) }.map { String(name.dropFirst($0.count)) }
        guard !name.isEmpty, metric != "" else { return nil }
        let column = metric == nil ? Self.fixedColumns.first { $0.title == name.lowercased() } : nil
        self.init(firstBy: column ?? .metric(metric ?? name))
        if let isDescending { self.isDescending = isDescending }
    }

    /// What `init(_:)` reads back.
    package var text: String {
        var name = column.title
        if case .metric(let key) = column, Self(name)?.column != column { name = "metrics." + key }
        return name + (isDescending ? " desc" : " asc")
    }

    private static let fixedColumns: [Column] = [.started, .name, .status, .duration, .experiment, .user, .tags]
}
