import RunModel
import TerminalUI

/// The lower pane: the selected run's name, its tabs, and the page that is turned up.
enum DetailView {
    static func draw(_ dashboard: Dashboard, _ layout: Layout, on canvas: inout Canvas) {
        let run = dashboard.list.selectedRun
        PaneTitle.draw(
            run?.name ?? "No run", isFocused: dashboard.focus == .detail, in: layout.detailTitle,
            glyphs: dashboard.glyphs, on: &canvas)
        drawTabs(dashboard, in: layout.detailTitle, on: &canvas)
        guard let run else { return }
        let body = layout.detailBody
        switch dashboard.detail.tab {
        case .overview:
            draw(OverviewView.lines(run, dashboard, width: body.width), dashboard, in: body, on: &canvas)
            OverviewCharts.draw(run, dashboard, in: body, on: &canvas)
        case .metrics: MetricsView.draw(run, dashboard, in: body, on: &canvas)
        case .logs: LogsView.draw(dashboard, in: body, on: &canvas)
        case .tags: draw(TagsView.lines(run, dashboard, width: body.width), dashboard, in: body, on: &canvas)
        case .children: ChildrenView.draw(run, dashboard, in: body, on: &canvas)
        }
    }

    /// "1 Overview · 2 Metrics …", shortened to the numbers and the current name where it is narrow.
    private static func drawTabs(_ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas) {
        let tabs = tabs(dashboard, in: rect)
        guard let first = tabs.first, let last = tabs.last else { return }
        canvas.put(" ", x: first.x - 1, y: rect.y)
        for (tab, label, x) in tabs {
            if tab != .overview {
                canvas.put(" \(dashboard.glyphs.separator) ", x: x - 3, y: rect.y, style: Theme.quiet)
            }
            let isCurrent = tab == dashboard.detail.tab
            canvas.put(label, x: x, y: rect.y, style: isCurrent ? Theme.title : Theme.quiet)
        }
        canvas.put(" ", x: last.x + TerminalText.width(of: last.label), y: rect.y)
    }

    /// What is written of each tab, and where; none where there is no room.
    private static func tabs(_ dashboard: Dashboard, in rect: Rect) -> [(tab: DetailState.Tab, label: String, x: Int)] {
        let isNarrow = rect.width < 90
        let labels = DetailState.Tab.allCases.map { tab in
            isNarrow && tab != dashboard.detail.tab ? "\(tab.rawValue)" : "\(tab.rawValue) \(tab.title)"
        }
        let width = labels.reduce(0) { $0 + TerminalText.width(of: $1) } + (labels.count - 1) * 3 + 2
        guard width < rect.width - 8 else { return [] }
        var x = rect.maxX - width
        return zip(DetailState.Tab.allCases, labels).map { tab, label in
            defer { x += TerminalText.width(of: label) + 3 }
            return (tab, label, x)
        }
    }

    /// The tab whose name is at a column.
    static func tab(at x: Int, _ dashboard: Dashboard, in rect: Rect) -> DetailState.Tab? {
        tabs(dashboard, in: rect).first { (0...TerminalText.width(of: $0.label)).contains(x - $0.x) }?.tab
    }

    /// Draws lines of styled pieces, scrolled, with a mark where there is more.
    private static func draw(
        _ lines: [StyledLine], _ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas
    ) {
        let scroll = min(dashboard.detail.scroll[dashboard.detail.tab, default: 0], max(0, lines.count - rect.height))
        for (index, line) in lines.dropFirst(scroll).prefix(rect.height).enumerated() {
            line.draw(in: Rect(x: rect.x, y: rect.y + index, width: rect.width, height: 1), on: &canvas)
        }
        if scroll + rect.height < lines.count {
            canvas.put(dashboard.glyphs.arrowDown, x: rect.maxX, y: rect.maxY - 1, style: Theme.accent)
        }
        if scroll > 0 { canvas.put(dashboard.glyphs.arrowUp, x: rect.maxX, y: rect.y, style: Theme.accent) }
    }
}

extension Dashboard {
    /// How many lines the current page of the selected run has, for scrolling.
    var detailContentHeight: Int {
        guard let run = list.selectedRun else { return 0 }
        let body = layout.detailBody
        switch detail.tab {
        case .overview: return OverviewView.lines(run, self, width: body.width).count
        case .tags: return TagsView.lines(run, self, width: body.width).count
        case .metrics: return MetricsView.contentHeight(run, self, in: body)
        case .logs, .children: return 0
        }
    }
}

/// A line of text pieces, each at its own column.
struct StyledLine: Equatable {
    struct Piece: Equatable {
        let x: Int
        let text: String
        let style: Style
        /// Cells.
        let width: Int
    }

    var pieces: [Piece] = []

    func draw(in rect: Rect, on canvas: inout Canvas) {
        for piece in pieces where piece.x < rect.width {
            canvas.put(
                piece.text, x: rect.x + piece.x, y: rect.y, style: piece.style,
                maxWidth: min(piece.width, rect.width - piece.x))
        }
    }
}
