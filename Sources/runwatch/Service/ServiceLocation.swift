import AzureMLService
import Dispatch
import LocalStore
import MLflowService
import ProcessTable
import RunServices
import SlurmService
import TensorBoardService

/// A run service that can be opened: where it is, and how it came to be among those to choose from.
struct ServiceLocation: Sendable {
    enum Place: Sendable, Equatable {
        /// The absolute path of an embedded store's directory.
        case embedded(String)
        case mlflow(MLflowLocation)
        case azureML(AzureMLLocation)
        /// The absolute path of a directory with TensorBoard's event files.
        case tensorBoard(String)
        case slurm(SlurmAddress)
    }

    let place: Place
    /// A few words for the header: `--service`, `MLFLOW_TRACKING_URI`, `in this directory`, `default`.
    let reason: String
    /// What the configuration calls it.
    var configuredName: String?
    /// The line of the configuration that lets it be looked at only.
    var readOnlySince: String?

    /// As a person is shown it; free of secrets, and understood by `:service`.
    var name: String {
        switch place {
        case .embedded(let directory): Shown.path(directory)
        case .mlflow(let location): location.name
        case .azureML(let location): location.name
        case .tensorBoard(let directory): Shown.path(directory)
        case .slurm(let address): address.shown
        }
    }

    var description: ServiceDescription {
        let kind =
            switch place {
            case .embedded: "local"
            case .mlflow: "mlflow"
            case .azureML: "azureml"
            case .tensorBoard: "tensorboard"
            case .slurm: "slurm"
            }
        return ServiceDescription(kind: kind, location: name, reason: reason, name: configuredName)
    }

    /// For `RUNWATCH_SERVICE` of a command, which leads back here from any directory.
    ///
    /// May carry a password: for environments only.
    var environmentText: String {
        switch place {
        case .embedded(let directory): directory
        case .mlflow(let location): location.trackingURI
        case .azureML(let location): location.address.text
        case .tensorBoard(let directory): TensorBoardDirectory.uri(of: directory)
        case .slurm(let address): address.text
        }
    }

    /// An embedded store is created where there is none, unless `readOnly` or the configuration lets nothing be changed.
    /// - Parameter isPatient: slow servers are waited for, longer than a person at a screen would.
    func open(readOnly: Bool, isPatient: Bool = false) async throws(RunServiceError) -> any SupervisedRunService {
        let readOnly = readOnly || readOnlySince != nil
        switch place {
        case .embedded(let directory):
            return try await LocalStore.open(at: directory, access: readOnly ? .readOnly : .readWrite)
        case .azureML(let location):
            return try location.open(
                readOnly: readOnly, isPatient: isPatient, environment: Environment.all, clock: LocalStore.systemClock)
        case .tensorBoard(let directory):
            return try TensorBoardDirectory(at: directory, clock: LocalStore.systemClock)
        case .slurm(let address):
            return SlurmService(
                address, isReadOnly: readOnly, environment: Environment.all, host: ProcessTable.hostName,
                clock: LocalStore.systemClock)
        case .mlflow(let location):
            // On a thread of its own: a store on a disk that hangs must not take one that others need.
            let opened = await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    continuation.resume(returning: Self.open(location, readOnly: readOnly, isPatient: isPatient))
                }
            }
            return try await Self.preferringRunwatch(try opened.get(), location, readOnly, isPatient)
        }
    }

    /// A server that is `runwatch serve` is asked for more than MLflow's protocol has.
    private static func preferringRunwatch(
        _ opened: any SupervisedRunService, _ location: MLflowLocation, _ readOnly: Bool, _ isPatient: Bool
    ) async throws(RunServiceError) -> any SupervisedRunService {
        guard
            let server = try location.runwatchServer(
                readOnly: readOnly, isPatient: isPatient, environment: Environment.all), await server.isThere()
        else { return opened }
        return server
    }

    private static func open(
        _ location: MLflowLocation, readOnly: Bool, isPatient: Bool
    ) -> Result<any SupervisedRunService, RunServiceError> {
        do throws(RunServiceError) {
            return .success(
                try location.open(
                    readOnly: readOnly, isPatient: isPatient, environment: Environment.all,
                    clock: LocalStore.systemClock))
        } catch {
            return .failure(error)
        }
    }
}
