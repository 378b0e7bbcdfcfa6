package import RunModel
package import RunServices
package import TerminalUI

/// The whole state behind the screen. `update` is the only way it changes, and `render` only reads it.
package struct Dashboard: Sendable {
    package internal(set) var size: Size
    package internal(set) var now: Moment
    package internal(set) var service: ServiceDescription
    /// What the service allows, `--read-only` taken into account.
    package internal(set) var capabilities: Capabilities
    package internal(set) var services: ServiceChoices
    /// Why nothing may be changed whatever the service allows; nil where it may.
    let readOnlyReason: String?
    package let glyphs: Glyphs
    package let zone: DisplayTimeZone
    package let keys: KeyMap

    package internal(set) var experiments = ExperimentList()
    package internal(set) var list = RunList()
    package internal(set) var detail = DetailState()
    package internal(set) var polling: PollState
    package internal(set) var sparklines = SparklineCache()
    /// Metric columns that a person asked for; nil lets the shown runs decide.
    package internal(set) var chosenColumns: [String]?
    package internal(set) var metricColumns: [String] = []

    package internal(set) var focus = Pane.runs
    package internal(set) var mode = Mode.browsing
    package internal(set) var notice: Notice?
    /// The filter line as last typed, kept beside the filter in force while it is wrong.
    package internal(set) var filterText = ""
    package internal(set) var filterError: FilterSyntaxError?
    /// Runs whose command has been sent and not answered yet.
    package internal(set) var inFlight: [RunID: Steering] = [:]
    /// Waits until nothing else is open: an answer never takes the keyboard away from what a person is typing.
    var pendingReport: Report?
    /// Where the next `V` starts its range.
    var markAnchor: RunID?
    /// When ctrl-c was last pressed, monotonic ms: twice within a second quits.
    var interruptedAt: Int64?

    package enum Pane: Equatable, Sendable { case experiments, runs, detail }

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
        polling = PollState(interval: settings.interval, limit: settings.limit, seed: UInt64(bitPattern: now.monotonic))
    }

    /// What the command line decides.
    package struct Settings: Equatable, Sendable {
        /// Milliseconds between polls.
        package var interval: Int
        /// How many runs are loaded at most by the first full read.
        package var limit: Int
        /// Why nothing may be changed; nil where it may.
        package var readOnlyReason: String?

        package init(interval: Int = 2_000, limit: Int = 10_000, readOnlyReason: String? = nil) {
            self.interval = interval
            self.limit = limit
            self.readOnlyReason = readOnlyReason
        }
    }
}

/// One instant by two clocks: the wall's for what people read, the steady one for ages and deadlines.
package struct Moment: Equatable, Sendable {
    package var wall: Timestamp
    /// Milliseconds since some fixed point; never goes back, whatever happens to the wall clock.
    package var monotonic: Int64

    package init(wall: Timestamp, monotonic: Int64) {
        self.wall = wall
        self.monotonic = monotonic
    }
}
