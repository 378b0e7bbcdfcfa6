/// A way to look at runs that has a name: filter, order, columns and experiment. What it does not name is as at the start.
package struct NamedView: Equatable, Sendable {
    /// What people call it.
    package var name: String
    /// As it is typed; empty for none.
    package var filter: String
    /// Nil for the usual order.
    package var sort: SortOrder?
    /// As `:columns` takes them, one in each; none for the usual ones.
    package var columns: [String]
    /// The name of the only experiment that is listed; nil for all.
    package var experiment: String?

    /// By default the runs of all experiments as usual.
    package init(
        name: String, filter: String = "", sort: SortOrder? = nil, columns: [String] = [], experiment: String? = nil
    ) {
        self.name = name
        self.filter = filter
        self.sort = sort
        self.columns = columns
        self.experiment = experiment
    }

    /// Bytes of a name.
    package static let longestName = 60

    /// Whether a text can name a view: something to see, on one line, not too long.
    package static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= longestName && text.first != " " && text.last != " "
            && text.unicodeScalars.allSatisfy {
                $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
                    && $0.properties.generalCategory != .lineSeparator
            }
    }
}
