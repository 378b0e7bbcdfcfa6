import MLflowArtifacts
import MLflowMeaning
package import RunModel

extension MLflowFileStore {
    package var address: String { Self.trackingURI(of: root) }

    /// What `MLFLOW_TRACKING_URI` says for the `mlruns` directory at an absolute path.
    package static func trackingURI(of path: String) -> String {
        ArtifactURI.text(ofPath: path)
    }

    package func commandEnvironment(for run: Run) -> [String: String?] {
        var variables = MLflowEnvironment.variables(trackingURI: address, run: run)
        // MLflow 3.17 refuses this kind of store otherwise.
        variables["MLFLOW_ALLOW_FILE_STORE"] = "true"
        return variables
    }
}
