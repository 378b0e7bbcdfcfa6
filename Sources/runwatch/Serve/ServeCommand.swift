import ArgumentParser
import Glibc
import LocalStore
import RunServer
import RunServices

/// `runwatch serve`: the embedded run service over HTTP.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve the run store to MLflow's and Azure ML's Python clients.",
        discussion: """
            A script that uses `mlflow` logs to it unchanged:

              runwatch serve --port 5000 &
              export MLFLOW_TRACKING_URI=http://127.0.0.1:5000

            The dashboard on the same store needs no server. Without a token only this machine is listened to.
            """)

    @Option(help: "The name or address to listen on; others than this machine's own need --token-file.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 for any that is free.")
    var port = 5_000

    @Option(help: ArgumentHelp("The directory of the run store, made where there is none.", valueName: "directory"))
    var store: String?

    @Option(help: ArgumentHelp("Where artifacts are kept; by default in the run store.", valueName: "directory"))
    var artifacts: String?

    @OptionGroup var access: ServeAccessOptions

    @Flag(help: "Tell which servers run on this store.")
    var status = false

    @Flag(help: "End the servers of this user that run on this store.")
    var stop = false

    @Flag(
        help: "Print a file for Python scripts: how they are stopped from a dashboard, and how Azure's SDK gets here.")
    var printPythonHelper = false

    func validate() throws {
        if !(0...65_535).contains(port) { throw ValidationError("--port must be from 0 to 65535.") }
        if host.isEmpty { throw ValidationError("--host is empty; leave it out to listen to this machine alone.") }
        if store == "" || artifacts == "" {
            throw ValidationError("The name of a directory is empty; leave the option out for the default.")
        }
        if [status, stop, printPythonHelper].count(where: { $0 }) > 1 {
            throw ValidationError("--status, --stop and --print-python-helper exclude each other; give one of them.")
        }
        if !HostRule.isLoopback(host), access.tokenFile == nil, !status, !stop, !printPythonHelper {
            throw ValidationError(
                "Others can reach \(Shown.text(host)), so a token is needed: put one into a file and name it with "
                    + "--token-file, or leave --host out to listen to this machine alone.")
        }
    }

    func run() async throws {
        if printPythonHelper { return Console.say(PythonHelper.text) }
        let directory =
            store.map { Environment.absolutePath($0) } ?? LocalStore.defaultDirectory(environment: Environment.all)
        let servers = ServerControl(directory: directory)
        if status { return try await servers.tell() }
        if stop { return try await servers.stop() }
        let session = ServeSession(
            directory: directory, artifacts: artifacts.map { Environment.absolutePath($0) }, options: try options(),
            servers: servers)
        do {
            try await session.run()
        } catch let error as RunServiceError where error.code == .unavailable {
            // Nothing was to be reached: a port is in use, or a store locked.
            throw ConsoleError(error.description)
        }
    }

    private func options() throws -> RunServer.Options {
        var options = RunServer.Options(
            host: host, port: port, tls: try access.certificate(), tokens: try access.tokens())
        options.takesSignals = true
        options.connectionLimit = DescriptorLimit.raise(wanting: options.connectionLimit)
        return options
    }
}
