import ArgumentParser
import RunServices
import UserConfiguration

/// Which run service a subcommand talks to.
struct ServiceOptions: ParsableArguments {
    @OptionGroup var names: ServiceNames

    var service: String? { names.service }
    var store: String? { names.store }

    /// Within a command of `runwatch exec` the service has been chosen; a file that is being edited must not keep a
    /// script from logging to its run.
    private var isToldByExec: Bool {
        service == nil && store == nil && Environment.value("RUNWATCH_RUN_ID") != nil
            && Environment.value("RUNWATCH_SERVICE") != nil
    }

    var locator: ServiceLocator { ServiceLocator.here }

    /// The run service that these options, the environment, the current directory and the configuration come to.
    func location() throws(RunServiceError) -> ServiceLocation {
        if !isToldByExec { try UserFile.requireUsable() }
        return try locator.choose(service: service, store: store)
    }

    func open(
        readOnly: Bool = false, isPatient: Bool = false
    ) async throws(RunServiceError) -> any SupervisedRunService {
        try await location().open(readOnly: readOnly, isPatient: isPatient)
    }
}

/// The options that name a run service.
struct ServiceNames: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The run service: an address (slurm: for your jobs), the path of mlflow.db, mlruns, an embedded store, Azure "
                + "ML's config.json or a directory of TensorBoard's event files, or a name from the configuration.",
            discussion: """
                By default what RUNWATCH_SERVICE names, then MLFLOW_TRACKING_URI, then mlflow.db or mlruns in the \
                current directory, then the Azure ML workspace of .azureml/config.json in it or above it, then the one \
                that runs this as a job, then `service` of the configuration, then the embedded store in \
                ~/.local/share/runwatch.
                """, valueName: "url|path|name"), completion: .services)
    var service: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The directory of an embedded run store, made where there is none.", valueName: "directory"),
        completion: .directory)
    var store: String?

    func validate() throws {
        if service != nil && store != nil {
            throw ValidationError("--service and --store both name a run service; give one of them.")
        }
        if service == "" || store == "" {
            throw ValidationError("The name of the run service is empty; leave the option out for the default.")
        }
    }
}
