extension SortOrder {
    /// `loss`, `started asc`, `loss DESC`: a column or a metric, then which way; by itself the way that people expect
    /// first. Nil for an empty text.
    package init?(_ text: String) {
        var words = text.split(whereSeparator: \.isWhitespace)
        let way = words.last?.lowercased()
        let isDescending: Bool? = way == "desc" ? true : way == "asc" ? false : nil
        if words.count > 1, isDescending != nil { words.removeLast() }
        guard !words.isEmpty else { return nil }
        let name = words.joined(separator: " ")
        let columns: [Column] = [.started, .name, .status, .duration, .experiment, .user, .tags]
        let column = columns.first { $0.title == name.lowercased() } ?? .metric(name)
        self.init(firstBy: column)
        if text.split(whereSeparator: \.isWhitespace).count > 1, let isDescending { self.isDescending = isDescending }
    }

    /// What `init(_:)` reads back.
    package var text: String { "\(column.title) \(isDescending ? "desc" : "asc")" }
}
