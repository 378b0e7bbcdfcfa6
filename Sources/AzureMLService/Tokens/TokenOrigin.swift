import RunModel
import RunServices

/// One way to get tokens: asked for another one whenever the last is about to end.
protocol TokenOrigin: Sendable {
    /// As sentences name it: `the service principal in AZURE_CLIENT_ID`.
    var name: String { get }
    /// What a person does when it gives none, or none that is accepted, as part of a sentence.
    var remedy: String { get }

    /// A token; nil where there is nothing of this kind here, so that the next way is tried.
    ///
    /// Throws why there is none, in a sentence without secrets.
    func fetch() async throws(RunServiceError) -> AccessToken?
}
