import RunModel
import RunServices

/// Where artifacts lie, as MLflow's clients and as this server name the place.
enum ArtifactAddress {
    /// What the addresses of artifacts that pass through this server begin with.
    private static let scheme = "mlflow-artifacts:"

    /// The address of no run, which is matched by what matches that of every run.
    static let common = "\(scheme)/\u{1}/\u{1}/artifacts"

    static func experiment(_ experiment: HostedExperiment) -> String {
        experiment.artifactLocation ?? "\(scheme)/\(experiment.id.text)"
    }

    static func run(_ hosted: HostedRun) -> String {
        hosted.artifactURI ?? "\(scheme)/\(hosted.run.experimentID.text)/\(hosted.run.id.text)/artifacts"
    }

    static func model(_ model: LoggedModel) -> String {
        model.artifactURI ?? "\(scheme)/\(model.experimentID.text)/models/\(model.id)/artifacts"
    }

    /// The address of a run that is made in an experiment with a location of its own; nil where the server keeps it.
    static func run(_ id: String, in experiment: HostedExperiment) -> String? {
        experiment.artifactLocation.map { appended("\(id)/artifacts", to: $0) }
    }

    /// The path below all artifacts that an address names; nil where they lie elsewhere.
    static func path(_ address: String) -> String? {
        guard address.hasPrefix(scheme) else { return nil }
        var rest = address.dropFirst(scheme.count)
        // A host may be named, which is this server for its client.
        if rest.hasPrefix("//") { rest = rest.dropFirst(2).drop { $0 != "/" } }
        return String(rest.drop { $0 == "/" })
    }

    /// Before a query or fragment, as `append_to_uri_path` has it.
    private static func appended(_ path: String, to location: String) -> String {
        let end = location.firstIndex { $0 == "?" || $0 == "#" } ?? location.endIndex
        let head = location[..<end]
        return head + (head.hasSuffix("/") ? "" : "/") + path + location[end...]
    }
}
