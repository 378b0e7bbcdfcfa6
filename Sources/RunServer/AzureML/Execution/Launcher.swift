import AzureMLWire
import RunModel

/// What a client unpacks beside a copy of the user's project, and starts.
struct Launcher {
    let server: String
    let scope: AzureScope
    let run: Run
    let plan: LaunchPlan
    let workspaceID: String

    /// The client starts `Invocation.sh`, which is kept that short: the rest is Python, which the client has.
    var files: [ZipArchive.File] {
        [
            ZipArchive.File("azureml-setup/Invocation.sh", Self.shell),
            ZipArchive.File("azureml-setup/launcher.json", AzureCoding.text(settings)),
            ZipArchive.File("azureml-setup/launcher.py", LauncherScript.launcher),
            ZipArchive.File("azureml-setup/supervision.py", LauncherScript.supervision),
            ZipArchive.File("azureml-setup/script.py", LauncherScript.script),
            ZipArchive.File("azureml-setup/runwatch_azureml.py", AzurePythonHelper.source),
        ]
    }

    /// Nothing in it is secret: the token is in the environment of whoever starts the launcher.
    private var settings: AzureJSON {
        var settings: [String: AzureJSON] = [
            "server": .text(server), "scope": .text(scope.path), "subscription": .text(scope.subscription),
            "resourceGroup": .text(scope.group), "workspace": .text(scope.workspace),
            "workspaceId": .text(workspaceID), "experiment": .text(run.experimentName),
            "experimentId": .text(run.experimentID.text), "runId": .text(run.id.text),
            "arguments": .list(plan.arguments.map(AzureJSON.text)),
            "environment": .object(plan.environment.mapValues(AzureJSON.text)),
        ]
        if let script = plan.script { settings["script"] = .text(script) }
        if let command = plan.command { settings["command"] = .text(command) }
        if let interpreter = plan.interpreter { settings["interpreter"] = .text(interpreter) }
        return .object(settings)
    }

    private static let shell = """
        #!/bin/bash
        # Starts the run's launcher with the Python that the run is meant for.
        cd "$(dirname "$0")/.." || exit 1
        exec "${RUNWATCH_PYTHON:-python3}" azureml-setup/launcher.py

        """
}
