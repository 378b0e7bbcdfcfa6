import LocalStore
import MLflowService
import RunServices

/// A run service that can be opened: where it is, and how it came to be among those to choose from.
struct ServiceLocation: Sendable {
    enum Place: Sendable, Equatable {
        /// The absolute path of an embedded store's directory.
        case embedded(String)
        case mlflow(MLflowLocation)
    }

    let place: Place
    /// A few words for the header: `--service`, `MLFLOW_TRACKING_URI`, `mlflow.db in this directory`, `default`.
    let reason: String

    /// For `RUNWATCH_SERVICE` of a command, which leads back here from any directory.
    ///
    /// May carry a password: for environments only.
    var environmentText: String {
        switch place {
        case .embedded(let directory): directory
        case .mlflow(let location): location.trackingURI
        }
    }

    /// An embedded store is created where there is none, unless `readOnly`.
    func open(readOnly: Bool) async throws(RunServiceError) -> any SupervisedRunService {
        switch place {
        case .embedded(let directory):
            try await LocalStore.open(at: directory, access: readOnly ? .readOnly : .readWrite)
        case .mlflow(let location):
            try location.open(readOnly: readOnly, environment: Environment.all, clock: LocalStore.systemClock)
        }
    }
}
