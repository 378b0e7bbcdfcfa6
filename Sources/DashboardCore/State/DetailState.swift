package import RunModel
package import RunServices

/// The lower pane: one run, looked at from five sides.
package struct DetailState: Sendable {
    /// A side of the run.
    package enum Tab: Int, CaseIterable, Sendable {
        case overview = 1, metrics, logs, tags, children

        /// What the pane's title calls it.
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

    /// The side that is turned up.
    package internal(set) var tab = Tab.overview
    /// The page takes the whole screen.
    package internal(set) var isZoomed = false
    /// The last page that arrived; shown only while its run is the selected one.
    package internal(set) var details: RunDetails?
    /// Why the page could not be read last time.
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
    /// The samples behind the charts.
    package internal(set) var charts = ChartState()
    /// The log on screen.
    package internal(set) var log = LogState()
    /// The log or artifact that a person chose.
    var chosenLog: ChosenLog?

    /// The overview, with nothing read yet.
    package init() {}

    /// The same page with nothing on it: how a person looks at runs stays.
    var emptied: DetailState {
        var state = DetailState()
        state.tab = tab
        state.charts.view = charts.view
        state.charts.view.forgetPlaces()
        state.log.wraps = log.wraps
        return state
    }
}

/// A file of a run that a person chose to read.
struct ChosenLog: Equatable, Sendable {
    let run: RunID
    /// As it was when it was chosen.
    let file: LogFile
    /// It was found among the artifacts, so it need not be among the run's logs, nor be a text.
    var isArtifact = false
}

/// The samples behind the Metrics tab.
package struct ChartState: Sendable {
    /// The run that the samples are of.
    package internal(set) var run: RunID?
    /// What was read, one for each metric that has points.
    package internal(set) var series: [MetricSeries] = []
    /// Why the last question failed as a whole.
    package internal(set) var error: RunServiceError?
    /// How they are looked at.
    package internal(set) var view = ChartView()
    /// Why a metric has no chart, by its key: the service refuses it.
    package internal(set) var refused: [ExactText: RunServiceError] = [:]
    /// The newest points when the series were loaded: they are out of date once the run has others.
    var loadedMetrics: LatestMetrics?
    /// The metrics that were asked for then.
    var loadedKeys: Set<ExactText> = []
    var loadedPoints = 0
    /// Monotonic ms.
    var loadedAt: Int64 = 0
    var isLoading = false

    /// Begins with another run.
    mutating func restart(_ run: RunID) {
        self.run = run
        // Another run's steps and times are others.
        view.forgetPlaces()
        series = []
        error = nil
        refused = [:]
        loadedMetrics = nil
        loadedKeys = []
    }

    /// Whether what was asked for last includes the metric, and has been answered.
    func isAnswered(_ metric: String) -> Bool { !isLoading && loadedKeys.contains(ExactText(metric)) }
}
