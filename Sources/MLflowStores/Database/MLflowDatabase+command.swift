import MLflowMeaning
package import RunModel

extension MLflowDatabase {
    /// The database's tracking URI, as `sqlite:///` and the absolute path.
    package var address: String { Self.trackingURI(of: path) }

    /// What `MLFLOW_TRACKING_URI` says for the database at an absolute path.
    package static func trackingURI(of path: String) -> String {
        // SQLAlchemy decodes the path since 2.1 only: what needs no encoding must stay as it is for earlier ones.
        let special: [Character: String] = ["%": "%25", "?": "%3F", "#": "%23"]
        return "sqlite:///" + path.map { special[$0] ?? String($0) }.joined()
    }

    /// MLflow's own variables; the address of a database holds no credentials.
    package func commandEnvironment(
        for run: Run, inherited: (String) -> String?
    ) -> [String: String?] {
        MLflowEnvironment.variables(trackingURI: address, run: run, inherited: inherited)
    }
}
