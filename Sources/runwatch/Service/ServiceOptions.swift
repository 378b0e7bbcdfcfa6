import ArgumentParser
import RunServices

/// Which run service a subcommand talks to.
struct ServiceOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The run service: an address, or the path of mlflow.db, mlruns, an embedded store or Azure ML's config.json.",
            discussion: """
                By default what RUNWATCH_SERVICE names, then MLFLOW_TRACKING_URI, then mlflow.db or mlruns in the \
                current directory, then the Azure ML workspace of .azureml/config.json in it or above it, then the one \
                that runs this as a job, then the embedded store in ~/.local/share/runwatch.
                """, valueName: "url|path"))
    var service: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The directory of an embedded run store, made where there is none.", valueName: "directory"))
    var store: String?

    func validate() throws {
        if service != nil && store != nil {
            throw ValidationError("--service and --store both name a run service; give one of them.")
        }
        if service == "" || store == "" {
            throw ValidationError("The name of the run service is empty; leave the option out for the default.")
        }
    }

    var locator: ServiceLocator {
        ServiceLocator(environment: Environment.all, directory: Environment.currentDirectory)
    }

    /// The run service that these options, the environment and the current directory come to.
    func location() throws(RunServiceError) -> ServiceLocation { try locator.choose(service: service, store: store) }

    func open(
        readOnly: Bool = false, isPatient: Bool = false
    ) async throws(RunServiceError) -> any SupervisedRunService {
        try await location().open(readOnly: readOnly, isPatient: isPatient)
    }
}
