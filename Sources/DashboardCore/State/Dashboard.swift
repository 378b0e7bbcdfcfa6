package import RunAttention
package import RunModel
package import RunServices
package import TerminalUI

/// The whole state behind the screen. `update` is the only way it changes, and `render` only reads it.
package struct Dashboard: Sendable {
    /// The terminal's size.
    package internal(set) var size: Size
    /// When the last action came.
    package internal(set) var now: Moment
    /// The run service on screen.
    package internal(set) var service: ServiceDescription
    /// What the service allows, `--read-only` taken into account.
    package internal(set) var capabilities: Capabilities
    /// The services that can be gone over to.
    package internal(set) var services: ServiceChoices
    /// Why nothing may be changed whatever the service allows; nil where it may.
    let readOnlyReason: String?
    /// The characters for drawing: Unicode or ASCII.
    package let glyphs: Glyphs
    /// Which wall clock times are written by.
    package let zone: DisplayTimeZone
    /// Which key is which command.
    package let keys: KeyMap
    /// The user's own commands.
    package let commands: [UserCommand]
    /// Which colours statuses have.
    package let colors: StatusColors

    /// The experiments pane.
    package internal(set) var experiments = ExperimentList()
    /// The runs that are known, and which of them are listed.
    package internal(set) var list = RunList()
    /// The selected run's page.
    package internal(set) var detail = DetailState()
    /// Where the conversation with the service stands.
    package internal(set) var polling: PollState
    /// What happened to runs, and what asks for attention.
    package internal(set) var attention = AttentionState()
    /// Runs side by side, over the lists; nil while there are none.
    package internal(set) var comparison: ComparisonState?
    /// The queues of this machine, over the lists; nil while they are closed.
    package internal(set) var queues: QueueBoard?
    /// What was asked of them and is not answered, the first under way: what is read before the last is older.
    var queueChanges: [QueueChange] = []
    /// Samples for the list's metric columns.
    package internal(set) var sparklines = SparklineCache()
    /// Charts of several runs.
    package internal(set) var overlay = OverlaidCharts()
    /// The least and greatest values of metrics, for columns that show them.
    package internal(set) var ranges = RangeCache()
    /// The columns that a service opens with.
    let standardColumns: ColumnChoice
    /// The columns that a person asked for.
    package internal(set) var columnChoice: ColumnChoice
    /// The columns right of status and name, those too that follow from the runs shown.
    package internal(set) var shownColumns: [ListColumn] = []
    /// The metrics whose newest values have a column, most important first.
    package internal(set) var metricColumns: [String] = []
    /// The run pinned on top, to which metrics are shown as differences.
    package internal(set) var baseline: RunID?
    /// The views that have a name.
    package internal(set) var views: [NamedView]
    /// What is to be found again when runs arrive.
    var recollection = Recollection()
    /// What runs are ordered by when nobody chose.
    let standardSort: SortOrder
    /// Columns that are scrolled off to the left.
    package internal(set) var firstColumn = 0

    /// Which pane moving keys move in.
    package internal(set) var focus = Pane.runs
    /// What the keyboard is talking to.
    package internal(set) var mode = Mode.browsing
    /// The answer to what a person did last; nil once it has had its time.
    package internal(set) var notice: Notice?
    /// The filter line as last typed, kept beside the filter in force while it is wrong.
    package internal(set) var filterText = ""
    /// Where the filter line is wrong; nil while it is in force.
    package internal(set) var filterError: FilterSyntaxError?
    /// When a prompt was last answered with yes, monotonic ms.
    var confirmedAt: Int64?
    /// What a person wrote about runs that could not be saved, for the next try.
    var unsavedNotes: [RunID: String] = [:]
    /// Runs whose command has been sent and not answered yet.
    package internal(set) var inFlight: [RunID: Steering] = [:]
    /// Waits until nothing else is open: an answer never takes the keyboard away from what a person is typing.
    var pendingReport: Report?
    /// Where the next `V` starts its range.
    var markAnchor: RunID?
    /// When ctrl-c was last pressed, monotonic ms: twice within a second quits.
    var interruptedAt: Int64?

    /// A part of the screen that can have the focus.
    package enum Pane: Equatable, Sendable { case experiments, runs, detail }

    /// With nothing read yet.
    ///
    /// - Parameter knownServices: those to go over to, besides `service`.
    package init(
        size: Size, now: Moment, service: ServiceDescription, capabilities: Capabilities, glyphs: Glyphs = .unicode,
        zone: DisplayTimeZone = .local, keys: KeyMap = .standard, settings: Settings = Settings(),
        knownServices: [ServiceDescription] = []
    ) {
        self.size = size
        self.now = now
        self.service = service
        readOnlyReason = settings.readOnlyReason
        self.capabilities = Self.limited(capabilities, by: settings.readOnlyReason)
        services = ServiceChoices(known: knownServices, current: service)
        self.glyphs = glyphs
        self.zone = zone
        self.keys = keys
        commands = settings.commands
        colors = settings.colors
        polling = PollState(interval: settings.interval, limit: settings.limit, seed: UInt64(bitPattern: now.monotonic))
        standardColumns = settings.columns.isEmpty ? .standard : ColumnChoice(words: settings.columns)
        columnChoice = standardColumns
        standardSort = settings.sort
        views = settings.views
        list.setSort(settings.sort, at: now.wall)
        attention.channels = settings.channels
        attention.tracker.readsLogs = self.capabilities.readLogs == .available
    }

    /// The key that a sentence names for a command; its name where it has no key.
    func keyName(_ command: Command) -> String {
        keys.keys(for: command).first?.label(ascii: glyphs == .ascii) ?? ":" + command.name
    }

    /// What command line and configuration decide.
    package struct Settings: Equatable, Sendable {
        /// Milliseconds between polls.
        package var interval: Int
        /// How many runs are loaded at most by the first full read.
        package var limit: Int
        /// Why nothing may be changed; nil where it may.
        package var readOnlyReason: String?
        /// Columns as `ListColumn` reads them; none lets the shown runs decide.
        package var columns: [String]
        /// What runs are ordered by at first.
        package var sort: SortOrder

        /// By which ways a person is told of events who does not look.
        package var channels: NotificationChannels
        /// The user's own commands; no two with one name or key, and none with a key of `keys`.
        package var commands: [UserCommand]
        /// Which colours statuses have.
        package var colors: StatusColors

        /// Views that have a name.
        package var views: [NamedView]

        /// By default every 2 s, 10,000 runs, everything may be changed, the newest run comes first, and events stay on
        /// the screen.
        package init(
            interval: Int = 2_000, limit: Int = 10_000, readOnlyReason: String? = nil, columns: [String] = [],
            sort: SortOrder = .standard, channels: NotificationChannels = [], views: [NamedView] = [],
            commands: [UserCommand] = [], colors: StatusColors = StatusColors()
        ) {
            self.interval = interval
            self.limit = limit
            self.readOnlyReason = readOnlyReason
            self.columns = columns
            self.sort = sort
            self.channels = channels
            self.views = views
            self.commands = commands
            self.colors = colors
        }
    }
}

/// One instant by two clocks: the wall's for what people read, the steady one for ages and deadlines.
package struct Moment: Equatable, Sendable {
    /// For what people read.
    package var wall: Timestamp
    /// Milliseconds since some fixed point; never goes back, whatever happens to the wall clock.
    package var monotonic: Int64

    /// One instant by both clocks; `monotonic` in ms.
    package init(wall: Timestamp, monotonic: Int64) {
        self.wall = wall
        self.monotonic = monotonic
    }
}
