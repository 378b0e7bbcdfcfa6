import ArgumentParser

/// `runwatch attach`: makes a folder one of an Azure ML workspace.
struct AttachCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach", abstract: "Attach a folder to an Azure ML workspace.",
        discussion: """
            Writes .azureml/config.json, which Azure's SDK and runwatch find from anywhere below, and samples of run \
            configurations for `runwatch submit`. Without --subscription-id it takes that of AZURE_SUBSCRIPTION_ID or \
            of `az login`.

              runwatch attach -w myworkspace -g myresourcegroup --subscription-id 7df7f855-8096-4f11-ac37-90c127519ceb
            """)

    @Option(name: [.customShort("w"), .customLong("workspace-name")], help: "The workspace.")
    var workspace: String

    @Option(name: [.customShort("g"), .customLong("resource-group")], help: "Its resource group.")
    var group: String

    @Option(name: [.customLong("subscription-id"), .customLong("subscription")], help: "Its subscription.")
    var subscription: String?

    @Option(
        name: [.customShort("e"), .customLong("experiment-name")],
        help: "The experiment of runs that are submitted here; by default the folder's name.")
    var experiment: String?

    @Option(name: .long, help: "The folder; by default the current directory.")
    var path: String?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        var writer = try ResultWriter(output)
        let attachment = FolderAttachment(
            workspace: workspace, group: group, subscription: subscription, experiment: experiment, path: path)
        try writer.write(attachment.attach())
    }
}
