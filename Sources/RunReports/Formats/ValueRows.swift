/// Rows whose columns are found as they come.
struct ValueRows {
    private var titles: [String] = []
    private var places: [String: Int] = [:]
    private var rows: [[String]] = []

    mutating func append(_ fields: [(title: String, text: String)]) {
        var row = [String](repeating: "", count: titles.count)
        for field in fields {
            if let place = places[field.title] {
                row[place] = field.text
            } else {
                places[field.title] = titles.count
                titles.append(field.title)
                row.append(field.text)
            }
        }
        rows.append(row)
    }

    /// Empty without any column.
    func text(as format: OutputFormat, width: Int?) -> String {
        if titles.isEmpty { return "" }
        let whole = rows.map { $0 + [String](repeating: "", count: titles.count - $0.count) }
        var writer = RowWriter(
            titles.map { TextTable.Column($0, canShrink: true) }, format, width: width, hasRule: true)
        return writer.text(of: whole)
    }
}
