import ArgumentParser
import Glibc
import LocalStore
import RunServices

/// Which run service a subcommand talks to.
struct ServiceOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The directory of the local run service.",
            discussion: "By default what RUNWATCH_SERVICE names, else ~/.local/share/runwatch.", valueName: "directory")
    )
    var store: String?

    /// An absolute path.
    var directory: String {
        let chosen = store ?? Self.serviceFromEnvironment ?? LocalStore.defaultDirectory(environment: Environment.all)
        return Environment.absolutePath(chosen)
    }

    /// The directory that `RUNWATCH_SERVICE` names, where it names one and not an address on the network.
    static var serviceFromEnvironment: String? {
        guard let text = Environment.value("RUNWATCH_SERVICE"), !text.contains("://") else { return nil }
        return Environment.absolutePath(text)
    }

    func open(readOnly: Bool = false) async throws -> LocalStore {
        try await LocalStore.open(at: directory, access: readOnly ? .readOnly : .readWrite)
    }
}
