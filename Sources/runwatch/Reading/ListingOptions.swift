import ArgumentParser
import RunModel
import RunReports

/// What a listing of runs shows, and in which order.
struct ListingOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            """
            Columns between commas: KEY (an attribute, or else a metric), =PARAM, .ATTRIBUTE, tags.KEY, properties.KEY, \
            or first, last, min, max, mean, count of a metric; each with `as NAME`.
            """, valueName: "columns"))
    var columns: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "started, name, status, duration, experiment, user, tags or a metric; then asc or desc.",
            valueName: "column"))
    var sort: String?

    func validate() throws {
        try UsageCheck.run {
            _ = try parsedColumns()
            _ = try order()
        }
    }

    /// Nil for the usual ones.
    func parsedColumns() throws -> [RunColumn]? {
        do throws(ColumnSyntaxError) {
            guard let columns else { return nil }
            return try RunColumn.parse(columns)
        } catch {
            throw ConsoleError("--columns: \(error)", .usage)
        }
    }

    /// Nil for the newest first.
    func order() throws -> SortOrder? {
        guard let sort else { return nil }
        guard let order = SortOrder(sort) else { throw ConsoleError("--sort: no column is named.", .usage) }
        return order
    }
}
