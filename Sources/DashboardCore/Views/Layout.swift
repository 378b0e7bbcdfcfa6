import RunModel
package import TerminalUI

/// Where everything goes at the current size; a function of the state, so that input and drawing agree.
package struct Layout: Equatable, Sendable {
    /// Below this there is only a line that says so.
    package static let leastSize = Size(columns: 40, rows: 8)
    /// From here on the experiments pane stands beside the runs.
    package static let wideColumns = 100
    /// From here on the run's page stands below the list; on less it takes turns with it.
    package static let leastRowsForDetail = 16

    /// The first line: service and counts.
    package var header = Rect(x: 0, y: 0, width: 0, height: 0)
    /// Title lines are one cell high and carry the pane's name.
    package var experimentsTitle = Rect(x: 0, y: 0, width: 0, height: 0)
    /// The experiments below that title.
    package var experimentRows = Rect(x: 0, y: 0, width: 0, height: 0)
    /// The run list's title line.
    package var runsTitle = Rect(x: 0, y: 0, width: 0, height: 0)
    /// The names of the columns.
    package var columnHeads = Rect(x: 0, y: 0, width: 0, height: 0)
    /// The pinned run, above the others.
    package var baseline = Rect(x: 0, y: 0, width: 0, height: 0)
    /// The runs, one a line.
    package var runRows = Rect(x: 0, y: 0, width: 0, height: 0)
    /// The run page's title line.
    package var detailTitle = Rect(x: 0, y: 0, width: 0, height: 0)
    /// Title and body.
    package var detail = Rect(x: 0, y: 0, width: 0, height: 0)
    /// The page below its title.
    package var detailBody = Rect(x: 0, y: 0, width: 0, height: 0)
    /// The last line, or two where it is narrow.
    package var footer = Rect(x: 0, y: 0, width: 0, height: 0)

    /// Whether there is only the line that says so.
    package static func isTooSmall(_ size: Size) -> Bool {
        size.columns < leastSize.columns || size.rows < leastSize.rows
    }
}

extension Dashboard {
    /// The layout for the present size, focus and zoom.
    package var layout: Layout {
        var layout = Layout()
        guard !Layout.isTooSmall(size) else { return layout }
        let screen = Rect(size)
        let (header, belowHeader) = screen.split(top: 1)
        layout.header = header
        // Keys and truth line share a line where both fit.
        let footerHeight = size.columns >= Layout.wideColumns ? 1 : 2
        let (body, footer) = belowHeader.split(bottom: footerHeight)
        layout.footer = footer

        let (upper, lower) = divided(body)
        if lower.height > 0 {
            layout.detail = lower
            let (title, page) = lower.split(top: 1)
            layout.detailTitle = title
            layout.detailBody = page.inset(left: 2, right: 2)
        }
        guard upper.height > 0 else { return layout }
        var runs = upper
        if size.columns >= Layout.wideColumns || focus == .experiments {
            let (pane, rest) = upper.split(left: experimentsWidth)
            (layout.experimentsTitle, layout.experimentRows) = pane.split(top: 1)
            runs = rest
        }
        let (title, table) = runs.split(top: 1)
        layout.runsTitle = title
        (layout.columnHeads, layout.runRows) = table.split(top: 1)
        // Not at the cost of the list itself.
        if baselineRow != nil, layout.runRows.height > 2 {
            (layout.baseline, layout.runRows) = layout.runRows.split(top: 1)
        }
        return layout
    }

    /// As wide as the longest name and its counts need, within reason.
    private var experimentsWidth: Int {
        let widest =
            experiments.experiments.lazy.prefix(100).map { experiment in
                // As if all were active, so that the pane keeps its width while runs come and go.
                TerminalText.width(of: experiment.name) + 2 * "\(experiment.counts.total)".count + 3
            }.max() ?? 0
        return min(max(22, widest + 6), size.columns >= 160 ? 40 : 30)
    }

    /// List above, run below; one of them alone where both don't fit or the run is zoomed.
    private func divided(_ body: Rect) -> (upper: Rect, lower: Rect) {
        let nothing = Rect(x: body.x, y: body.y, width: body.width, height: 0)
        if detail.isZoomed { return (nothing, body) }
        if size.rows < Layout.leastRowsForDetail { return focus == .detail ? (nothing, body) : (body, nothing) }
        let (upper, lower) = body.split(bottom: min(max(9, body.height * 2 / 5), 22))
        return (upper, lower)
    }
}
