import AzureMLFolder

extension FuzzTarget {
    /// What Azure's tools keep in a folder: run configurations and `config.json`.
    static let azureFolder = FuzzTarget(
        "azureFolder",
        seeds: [
            "script: a.py\narguments: [--x, 1]\ntarget: local\nnodeCount: 1\nenvironment:\n  python: {interpreterPath: p}\n",
            "environment: {docker: {enabled: yes}, environmentVariables: {A: 1, B: }}\ncommand: ''\n",
            "a: &a [x, x, x]\nb: &b [*a, *a, *a]\narguments: *b\n", "nodeCount: 9223372036854775808\n",
            "{\"subscription_id\": \"s\", \"resource_group\": \"g\", \"workspace_name\": \"w\"}",
            "{\"Scope\": \"/subscriptions/s/resourceGroups/g/providers/x/workspaces/w/projects/p\"}",
        ]
    ) { bytes in
        _ = try? RunConfiguration(yaml: bytes, name: "x.runconfig").obstacle
        if let config = try? WorkspaceConfig(json: bytes) {
            precondition(!config.scope.contains("//") && !config.scope.contains("?"))
            _ = config.json
        }
    }
}
