import RunModel
import TerminalUI

/// Which columns of the run list fit a width, and where each begins.
struct RunColumns: Equatable {
    struct Placed: Equatable {
        let column: ListColumn
        let x: Int
        let width: Int
    }

    private(set) var placed: [Placed] = []
    /// Whether metric columns have room for a sparkline beside the number.
    private(set) var hasSparklines = false
    /// Columns that were scrolled off to the left, and those that have no room at the right.
    private(set) var (hiddenLeft, hiddenRight) = (0, 0)

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

    /// What the rows in view need.
    struct Needs {
        var status = 0
        var name = 0
        var hasTags = false
        var hasProgress = false
        /// What machines tell of these runs.
        var usage: Set<UsageText.Column> = []
        /// Of columns of text, in the order of the columns that were asked for; 0 for others.
        var texts: [Int] = []
    }

    /// Gives room in order of use: status, name, times, the first metric, tags, what runs cost, more metrics; then widens
    /// the name.
    init(width: Int, metrics: [String], showsExperiment: Bool, _ needs: Needs) {
        let statusWidth = min(max(Self.statusWidth, needs.status), Self.widestStatus)
        let durationWidth = Self.durationWidth(needs, in: width)
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
        let wanted = min(max(Self.leastName, needs.name), Self.widestName)
        let firstHelping = min(max(0, room), min(wanted, 26) - Self.leastName)
        nameWidth += firstHelping
        room -= firstHelping
        var tagsWidth = 0
        if needs.hasTags, room >= Self.leastTags + Self.gap {
            tagsWidth = Self.leastTags
            room -= Self.leastTags + Self.gap
        }
        var usage: [UsageText.Column] = []
        for column in UsageText.Column.allCases where needs.usage.contains(column) && room >= column.width + Self.gap {
            usage.append(column)
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
        for column in usage { place(.metric(column.metric), column.width) }
        for metric in shown {
            place(.metric(metric), Self.valueWidth + (hasSparklines ? 1 + Self.sparklineWidth : 0))
        }
        if tagsWidth > 0 { place(.tags, tagsWidth) }
    }

    /// Columns that were asked for, in that order: all of them where they fit, else as many as there is room for from
    /// the `first` one on. Status and name stay.
    init(width: Int, columns: [ListColumn], first: Int, _ needs: Needs) {
        var columns = columns
        let statusWidth = min(max(Self.statusWidth, needs.status), Self.widestStatus)
        let wantedName = min(max(Self.leastName, needs.name), Self.widestName)
        func widths(sparklines: Bool) -> [Int] {
            zip(columns, needs.texts).map { Self.wantedWidth($0, text: $1, sparklines, needs, in: width) }
        }
        func sum(_ widths: some Collection<Int>) -> Int { widths.reduce(0) { $0 + $1 + Self.gap } }
        let room = width - statusWidth - Self.gap
        let compact = widths(sparklines: false)
        hasSparklines = sum(widths(sparklines: true)) + min(wantedName, 26) <= room
        var wanted = hasSparklines ? widths(sparklines: true) : compact
        let isWhole = sum(wanted) + Self.leastName <= room
        if !isWhole, columns.first == .experiment {
            // Wide, and the usual first column: what was asked for comes before it where not all has room.
            columns.append(columns.removeFirst())
            wanted.append(wanted.removeFirst())
        }
        // Where columns are scrolled, the name keeps its width, or they would jump.
        let nameWidth = isWhole ? min(wantedName, room - sum(wanted)) : min(Self.leastName, max(1, room))
        place(.status, statusWidth)
        place(.name, nameWidth)
        var rest = room - nameWidth
        hiddenLeft = isWhole ? 0 : min(max(0, first), max(0, columns.count - 1))
        for (column, wanted) in zip(columns, wanted).dropFirst(hiddenLeft) {
            let isFirst = placed.count == 2
            let width = isFirst ? min(wanted, rest - Self.gap) : wanted
            guard width > 0, width + Self.gap <= rest else { break }
            place(column, width)
            rest -= width + Self.gap
        }
        hiddenRight = columns.count - hiddenLeft - (placed.count - 2)
        if hiddenRight == 0, let last = placed.last, last.column == .tags {
            placed[placed.count - 1] = Placed(column: .tags, x: last.x, width: last.width + max(0, rest))
        }
    }

    private static func durationWidth(_ needs: Needs, in width: Int) -> Int {
        needs.hasProgress && width >= leastForProgress ? progressWidth : durationWidth
    }

    /// As wide as what is in it, within reason.
    private static func wantedWidth(
        _ column: ListColumn, text: Int, _ sparklines: Bool, _ needs: Needs, in width: Int
    ) -> Int {
        let title = min(TerminalText.width(of: column.title) + 1, 16)
        if let usage = column.usage { return usage.width }
        switch column {
        case .started, .ended: return startedWidth
        case .duration: return durationWidth(needs, in: width)
        case .experiment: return experimentWidth
        case .tags: return max(leastTags, min(text, 32))
        case .metric(_, .last): return max(valueWidth + (sparklines ? 1 + sparklineWidth : 0), min(title, 12))
        // With the sign of differences before it.
        case .metric: return max(valueWidth, min(title + 2, 16))
        default: return max(min(text, 24), min(title, 12), 4)
        }
    }

    private mutating func place(_ column: ListColumn, _ width: Int) {
        let x = placed.last.map { $0.x + $0.width + Self.gap } ?? 0
        placed.append(Placed(column: column, x: x, width: width))
    }
}
