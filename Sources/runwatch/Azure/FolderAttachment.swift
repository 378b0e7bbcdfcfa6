import AzureMLFolder
import FileAccess
import JMESPath
import RunReports
import RunServices

/// A folder that is to belong to a workspace, as `az ml folder attach` makes it.
struct FolderAttachment {
    var workspace: String?
    var group: String?
    var subscription: String?
    var experiment: String?
    var path: String?

    /// Where a subscription is looked for that nobody named.
    private static let subscriptionVariables = ["AZURE_SUBSCRIPTION_ID", "AZUREML_ARM_SUBSCRIPTION"]

    /// Writes the files, and tells what Azure's command does.
    func attach() throws -> JSONValue {
        let folder = FileAccess.absolute(path ?? Environment.currentDirectory)
        let config = try WorkspaceConfig(
            subscriptionID: try subscription(near: folder), resourceGroup: group ?? "", workspaceName: workspace ?? "",
            experimentName: experiment)
        let attached = try WorkspaceFolder.attach(folder, to: config)
        return JSONTree.value { tree in
            tree.beginObject()
            tree.member("Experiment name", experiment ?? RunNaming.experiment(directory: folder))
            tree.member("Project path", attached.path)
            tree.member("Resource group", config.resourceGroup)
            tree.member("Subscription id", config.subscriptionID)
            tree.member("Workspace name", config.workspaceName)
            tree.endObject()
        }
    }

    /// As given, or else by the environment, by the folder that is attached already, or by what `az` works with.
    private func subscription(near folder: String) throws -> String {
        if let subscription { return subscription }
        if let named = Self.subscriptionVariables.lazy.compactMap(Environment.value).first { return named }
        if let known = try? WorkspaceFolder.nearest(to: folder)?.config.subscriptionID { return known }
        if let id = AzureProfile.defaultSubscription(environment: Environment.all) { return id }
        throw ConsoleError(
            "Which subscription the workspace is in cannot be told; give --subscription-id, set AZURE_SUBSCRIPTION_ID, "
                + "or call `az login`.", .usage)
    }
}
