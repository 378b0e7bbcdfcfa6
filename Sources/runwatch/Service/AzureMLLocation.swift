import AzureMLFolder
import AzureMLService
import FileAccess
import RunModel
import RunServices

/// Where an Azure ML workspace is named: in an address, in a `config.json`, or in the environment of a submitted run.
struct AzureMLLocation: Sendable, Equatable {
    let address: WorkspaceAddress

    /// An `azureml:` address; nil for text of another kind. Throws `invalid` with what to write instead.
    init?(uri text: String) throws(RunServiceError) {
        guard let address = try WorkspaceAddress(uri: text) else { return nil }
        self.address = address
    }

    /// A `config.json`, or a folder with one; nil for a path of another kind.
    init?(path: String) throws(RunServiceError) {
        if path.hasSuffix(".json"), FileStamp(path, followingLinks: true)?.isFile == true {
            self.init(try WorkspaceFolder.reading(path))
            return
        }
        let file = path + "/.azureml/config.json"
        guard FileStamp(file, followingLinks: true)?.isFile == true else { return nil }
        self.init(try WorkspaceFolder.reading(file))
    }

    init(_ folder: WorkspaceFolder) {
        let config = folder.config
        address = WorkspaceAddress(
            subscription: config.subscriptionID, group: config.resourceGroup, workspace: config.workspaceName)
    }

    init(_ run: SubmittedRun) { address = run.address }

    /// As a person is shown it.
    var name: String { Shown.text(address.workspace) }

    /// Nothing is sent yet.
    func open(
        readOnly: Bool, isPatient: Bool, environment: [String: String], clock: @escaping @Sendable () -> Timestamp
    ) throws(RunServiceError) -> any SupervisedRunService {
        try AzureMLWorkspace.opening(
            address, isReadOnly: readOnly, isPatient: isPatient, environment: environment, clock: clock)
    }
}
