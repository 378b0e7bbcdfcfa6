import RunModel
import TerminalUI

/// Which columns of the run list fit a width, and where each begins.
struct RunColumns: Equatable {
    enum Column: Equatable {
        case status, name, experiment, started, duration, tags
        case metric(String)
        case usage(UsageText.Column)
    }

    struct Placed: Equatable {
        let column: Column
        let x: Int
        let width: Int
    }

    private(set) var placed: [Placed] = []
    /// Whether metric columns have room for a sparkline beside the number.
    private(set) var hasSparklines = false

    /// Fits Completed and Canceling; rarer words widen the column while they are in view.
    static let statusWidth = 9
    static let startedWidth = 8
    static let durationWidth = 8
    /// With how far the run is and what is left beside it, where there is room.
    static let progressWidth = 18
    private static let leastForProgress = 84
    static let valueWidth = 7
    static let sparklineWidth = 7
    /// Fits `stopping 10 s of 10 s`, and any status with a mark.
    private static let widestStatus = 21
    private static let gap = 2
    private static let leastName = 18
    private static let widestName = 44
    private static let experimentWidth = 16
    private static let leastTags = 11

    /// Gives room in order of use: status, name, times, the first metric, tags, what runs cost, more metrics; then widens
    /// the name.
    init(
        width: Int, metrics: [String], longestStatus: Int, longestName: Int, showsExperiment: Bool, hasTags: Bool,
        hasProgress: Bool = false, usage: [UsageText.Column] = []
    ) {
        let statusWidth = min(max(Self.statusWidth, longestStatus), Self.widestStatus)
        let durationWidth = hasProgress && width >= Self.leastForProgress ? Self.progressWidth : Self.durationWidth
        let fixed = statusWidth + Self.gap + Self.startedWidth + Self.gap + durationWidth
        var room = width - fixed - Self.gap - Self.leastName
        let metricWidth = Self.valueWidth + 1 + Self.sparklineWidth + Self.gap
        var shown: [String] = []
        if let first = metrics.first, room >= metricWidth {
            shown.append(first)
            room -= metricWidth
            hasSparklines = true
        } else if let first = metrics.first, room >= Self.valueWidth + Self.gap {
            shown.append(first)
            room -= Self.valueWidth + Self.gap
        }
        // The name comes before second columns: a name cut in the middle says less than any of them.
        var nameWidth = Self.leastName
        let wanted = min(max(Self.leastName, longestName), Self.widestName)
        let firstHelping = min(max(0, room), min(wanted, 26) - Self.leastName)
        nameWidth += firstHelping
        room -= firstHelping
        var tagsWidth = 0
        if hasTags, room >= Self.leastTags + Self.gap {
            tagsWidth = Self.leastTags
            room -= Self.leastTags + Self.gap
        }
        var shownUsage: [UsageText.Column] = []
        for column in usage where room >= column.width + Self.gap {
            shownUsage.append(column)
            room -= column.width + Self.gap
        }
        var experiment = false
        if showsExperiment, room >= Self.experimentWidth + Self.gap {
            experiment = true
            room -= Self.experimentWidth + Self.gap
        }
        for metric in metrics.dropFirst() where hasSparklines && room >= metricWidth {
            shown.append(metric)
            room -= metricWidth
        }
        let rest = min(max(0, room), wanted - nameWidth)
        nameWidth += rest
        room -= rest
        if tagsWidth > 0 { tagsWidth += room }

        place(.status, statusWidth)
        place(.name, nameWidth)
        if experiment { place(.experiment, Self.experimentWidth) }
        place(.started, Self.startedWidth)
        place(.duration, durationWidth)
        for column in shownUsage { place(.usage(column), column.width) }
        for metric in shown {
            place(.metric(metric), Self.valueWidth + (hasSparklines ? 1 + Self.sparklineWidth : 0))
        }
        if tagsWidth > 0 { place(.tags, tagsWidth) }
    }

    private mutating func place(_ column: Column, _ width: Int) {
        let x = placed.last.map { $0.x + $0.width + Self.gap } ?? 0
        placed.append(Placed(column: column, x: x, width: width))
    }
}

extension RunColumns.Column {
    var title: String {
        switch self {
        case .metric(let key): key
        case .usage(let column): column.title
        case .name: "RUN"
        default: "\(self)".uppercased()
        }
    }

    var sortColumn: SortOrder.Column {
        switch self {
        case .status: .status
        case .name: .name
        case .experiment: .experiment
        case .started: .started
        case .duration: .duration
        case .tags: .tags
        case .metric(let key): .metric(key)
        case .usage(let column): .metric(column.metric)
        }
    }

    var isRightAligned: Bool {
        if case .usage = self { return true }
        return self == .started || self == .duration
    }
}
