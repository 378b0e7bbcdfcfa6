import MLflowArtifacts
import MLflowMeaning
package import RunModel

extension MLflowFileStore {
    /// The directory's tracking URI, as `file://` and the absolute path.
    package var address: String { Self.trackingURI(of: root) }

    /// What `MLFLOW_TRACKING_URI` says for the `mlruns` directory at an absolute path.
    package static func trackingURI(of path: String) -> String {
        ArtifactURI.text(ofPath: path)
    }

    /// Also allows this kind of store, which MLflow refuses since 3.17.
    package func commandEnvironment(
        for run: Run, inherited: (String) -> String?
    ) -> [String: String?] {
        var variables = MLflowEnvironment.variables(trackingURI: address, run: run, inherited: inherited)
        // MLflow 3.17 refuses this kind of store otherwise.
        variables["MLFLOW_ALLOW_FILE_STORE"] = "true"
        return variables
    }
}
