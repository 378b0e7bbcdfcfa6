import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// A dashboard at a keyboard with a world behind it; the clock moves only when told to.
struct Scene {
    private(set) var dashboard: Dashboard
    var world = World()
    private(set) var now = Moment(wall: Clock.start, monotonic: 50_000)
    /// Effects that nobody has answered yet.
    private(set) var pending: [Effect] = []
    /// Everything that was asked for since the start or the last `forget()`.
    private(set) var effects: [Effect] = []

    init(
        _ runs: [Run] = [], size: Size = Size(columns: 120, rows: 40), glyphs: Glyphs = .unicode,
        capabilities: Capabilities = Capabilities(), settings: Dashboard.Settings = Dashboard.Settings(),
        world: World = World(), services: [ServiceDescription] = []
    ) {
        self.world = world
        dashboard = Dashboard(
            size: size, now: now, service: world.description, capabilities: capabilities, glyphs: glyphs, zone: .utc,
            settings: settings, knownServices: services)
        for run in runs { self.world.put(run) }
    }

    /// A scene whose first data is there.
    static func opened(
        _ runs: [Run], size: Size = Size(columns: 120, rows: 40), glyphs: Glyphs = .unicode,
        capabilities: Capabilities = Capabilities(), settings: Dashboard.Settings = Dashboard.Settings(),
        world: World = World(), services: [ServiceDescription] = []
    ) -> Scene {
        var scene = Scene(
            runs, size: size, glyphs: glyphs, capabilities: capabilities, settings: settings, world: world,
            services: services)
        scene.send(.started)
        scene.settle()
        scene.forget()
        return scene
    }

    @discardableResult
    mutating func send(_ action: Action) -> [Effect] {
        let new = dashboard.update(action, at: now)
        pending += new
        effects += new
        return new
    }

    mutating func wait(_ milliseconds: Int64) {
        now.monotonic += milliseconds
        now.wall = now.wall.advanced(byMilliseconds: milliseconds)
    }

    mutating func setWallClock(to wall: Timestamp) { now.wall = wall }

    /// Answers effects, and the effects of the answers, until nothing is wanted any more; a loop that never ends fails.
    mutating func settle(rounds: Int = 200, sourceLocation: SourceLocation = #_sourceLocation) {
        for _ in 0..<rounds {
            guard !pending.isEmpty else { return }
            answerNext()
        }
        Issue.record("\(rounds) answers, and still asking: \(pending.prefix(3))", sourceLocation: sourceLocation)
        pending = []
    }

    /// Answers only the oldest effect.
    mutating func answerNext() {
        guard !pending.isEmpty else { return }
        let effect = pending.removeFirst()
        if let action = world.answer(effect) { send(action) }
    }

    /// The answer that the world would give now to the oldest effect, without giving it.
    mutating func holdNext() -> Action? {
        guard !pending.isEmpty else { return nil }
        return world.answer(pending.removeFirst())
    }

    mutating func forget() { effects = [] }

    /// Types text, key by key.
    mutating func type(_ text: String) {
        for character in text { press(.character(character)) }
    }

    mutating func press(_ keys: Key...) {
        for key in keys { send(.key(key)) }
    }

    /// The timer fires after the usual interval, and all that follows is answered.
    mutating func poll() {
        wait(2_000)
        send(.tick)
        settle()
    }

    mutating func resize(_ columns: Int, _ rows: Int) {
        send(.resized(Size(columns: columns, rows: rows)))
    }

    /// Looks at a run.
    mutating func select(_ id: String, sourceLocation: SourceLocation = #_sourceLocation) {
        press(.home)
        for _ in 0..<listed.count where selected != id { press(.down) }
        #expect(selected == id, sourceLocation: sourceLocation)
        settle(sourceLocation: sourceLocation)
        forget()
    }

    var selected: String? { dashboard.list.selectedID?.text }

    /// The listed run ids, in order.
    var listed: [String] { dashboard.list.rows.map { dashboard.list.table[$0.slot].id.text } }

    /// On which line of the list the selected run is.
    var screenLine: Int? { dashboard.list.selectedRow.map { $0 - dashboard.list.top } }

    var screen: String { dashboard.render().textRows.joined(separator: "\n") }

    var polls: [Effect] {
        effects.filter { effect in
            if case .poll = effect { return true }
            return false
        }
    }

    var steerings: [Effect] {
        effects.filter { effect in
            if case .steer = effect { return true }
            return false
        }
    }
}
