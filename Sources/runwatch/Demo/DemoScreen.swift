import Glibc
import LocalStore
import RunExecution
import RunServices

/// Where the demo meets the dashboard.
enum DemoScreen {
    /// Returns when the person quits, or the terminal or a signal ends the dashboard.
    static func open(on store: LocalStore) async throws {
        Console.say("The demo's runs are in \(store.description.location); press ctrl-c to end them.")
        guard let signals = SignalRelay.begin() else { return }
        for await signal in signals where [SIGINT, SIGTERM, SIGHUP].contains(signal) { return }
    }
}
