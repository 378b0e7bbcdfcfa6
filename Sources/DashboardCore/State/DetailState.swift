package import RunModel
package import RunServices

/// The lower pane: one run, looked at from five sides.
package struct DetailState: Sendable {
    package enum Tab: Int, CaseIterable, Sendable {
        case overview = 1, metrics, logs, tags, children

        package var title: String {
            switch self {
            case .overview: "Overview"
            case .metrics: "Metrics"
            case .logs: "Logs"
            case .tags: "Tags"
            case .children: "Children"
            }
        }
    }

    package internal(set) var tab = Tab.overview
    package internal(set) var isZoomed = false
    /// The last page that arrived; shown only while its run is the selected one.
    package internal(set) var details: RunDetails?
    package internal(set) var error: RunServiceError?
    /// The run whose page is being read.
    var loading: RunID?
    /// The page on screen is out of date.
    var isStale = false
    /// The run whose page could not be read last time.
    var failedID: RunID?
    /// Lines scrolled, by tab.
    package internal(set) var scroll: [Tab: Int] = [:]
    /// The row of the highlighted child in the Children tab.
    package internal(set) var childCursor = 0
    /// The child that is highlighted: the cursor goes where it goes.
    var highlightedChild: RunID?
    /// Whose children the cursor is in.
    var childrenOf: RunID?
    package internal(set) var charts = ChartState()
    package internal(set) var log = LogState()

    package init() {}

    /// The same page with nothing on it: how a person looks at runs stays.
    var emptied: DetailState {
        var state = DetailState()
        state.tab = tab
        state.charts.isByTime = charts.isByTime
        state.log.wraps = log.wraps
        return state
    }
}

/// The samples behind the Metrics tab.
package struct ChartState: Sendable {
    package internal(set) var run: RunID?
    package internal(set) var series: [MetricSeries] = []
    package internal(set) var error: RunServiceError?
    package internal(set) var isByTime = false
    /// The newest points when the series were loaded: they are out of date once the run has others.
    var loadedMetrics: LatestMetrics?
    var loadedPoints = 0
    var isLoading = false
}
