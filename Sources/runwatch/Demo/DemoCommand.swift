import ArgumentParser
import DashboardRuntime
import Glibc
import LocalStore
import RunExecution
import RunServices

/// `runwatch demo`: real runs to look at, in a store of their own.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Watch a demonstration: real trainings of small models, started for you.",
        discussion: """
            The runs are real processes under `runwatch exec`; cancel them, tag them, look at their logs. \
            Quitting ends them. Their records stay in ~/.local/share/runwatch-demo.

              runwatch demo --reset
            """)

    /// Seconds after which the dashboard opens without a run to show.
    private static let patience = 2.0

    @Flag(name: .long, help: "Start afresh: remove the records of earlier demonstrations.")
    var reset = false

    /// Starts the runs and waits for a signal instead of opening the dashboard.
    @Flag(name: .long, help: .private)
    var headless = false

    @OptionGroup var screen: ScreenOptions

    func run() async throws {
        let place = DemoStore()
        guard let lock = try await place.lock() else {
            if reset {
                throw RunServiceError(
                    .conflict, "Another demo is live on \(place.directory); quit it before you start afresh.")
            }
            // A second look at the demo that runs already.
            return try await watch(place).finish()
        }
        if reset { try place.reset() }
        let store = try await LocalStore.open(at: place.directory, access: .readWrite)
        let conductor = try OwnBinary.start(
            ["demo-conduct", "--store", place.directory, "--lock", String(lock)], output: .discarded, holdsInput: true,
            keeping: [lock])
        let result: Result<Program.Ending, any Error>
        do {
            try await waitForFirstRun(in: store)
            result = .success(try await watch(place))
        } catch {
            result = .failure(error)
        }
        // The end of its input tells the conductor to end every run; a demo killed outright ends it just so.
        close(conductor.input)
        _ = await conductor.wait()
        try result.get().finish()
    }

    /// So that the dashboard does not open on an empty screen, to be filled only by its next poll.
    private func waitForFirstRun(in store: LocalStore) async throws {
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(Self.patience)
        while clock.now < deadline {
            if try await store.runs(in: .all, matching: nil, limit: 1).first != nil { return }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private func watch(_ place: DemoStore) async throws -> Program.Ending {
        let location = ServiceLocation(place: .embedded(place.directory), reason: "demo")
        guard headless else {
            return try await DashboardScreen(.here, chosen: location, settings: screen.settings()).show()
        }
        guard let signals = SignalRelay.begin() else {
            throw RunServiceError(.unavailable, "This process has no file descriptor or thread left.")
        }
        Console.say("The demo's runs are in \(location.name).")
        for await signal in signals where [SIGINT, SIGTERM, SIGHUP].contains(signal) { return .signal(signal) }
        return .quit
    }
}
