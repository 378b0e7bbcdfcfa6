import ArgumentParser

/// `runwatch az …`: the command lines of Azure's retired `azure-cli-ml`, with one word before them.
struct AzCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "az", abstract: "Take the command lines of Azure's retired `az ml run` and `az ml folder`.",
        discussion: """
            They work on the run service that runwatch works on, whichever that is. The workspace's name, group and \
            subscription matter where that is Azure ML. Options and output are Azure's.

              runwatch az ml run list --experiment-name experiment --query "[?tags.quality=='fantastic run']"
            """,
        subcommands: [AzMLCommand.self])
}

/// `az ml`.
struct AzMLCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ml", abstract: "Azure Machine Learning.",
        subcommands: [AzRunCommand.self, AzFolderCommand.self])
}

/// `az ml run`.
struct AzRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Submit, update and monitor runs.",
        subcommands: [
            AzRunListCommand.self, AzRunShowCommand.self, AzRunCancelCommand.self, AzRunUpdateCommand.self,
            AzRunSubmitCommand.self,
        ])
}

/// `az ml folder`.
struct AzFolderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "folder", abstract: "Folders of a workspace.", subcommands: [AzFolderAttachCommand.self])
}

/// `az ml folder attach`.
struct AzFolderAttachCommand: AzureCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach", abstract: "Attach a folder to a workspace.",
        discussion: "  runwatch az ml folder attach -w myworkspace -g myresourcegroup")

    @Option(name: [.customShort("e"), .customLong("experiment-name")], help: "The experiment of runs submitted here.")
    var experiment: String?

    @OptionGroup var azure: AzureOptions

    func validate() throws {
        if azure.workspace == nil || azure.group == nil {
            throw ValidationError("Name the workspace and its resource group, with -w and -g.")
        }
    }

    func run() async throws {
        try azure.checkMetadataFile()
        let attachment = FolderAttachment(
            workspace: azure.workspace, group: azure.group, subscription: azure.subscription, experiment: experiment,
            path: azure.path)
        try azure.write(attachment.attach())
    }
}
