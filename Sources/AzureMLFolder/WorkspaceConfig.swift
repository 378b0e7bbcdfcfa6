import JMESPath
package import RunServices

/// Which Azure Machine Learning workspace a folder belongs to: what `config.json` holds.
package struct WorkspaceConfig: Equatable, Sendable {
    /// A GUID.
    package let subscriptionID: String
    /// The group's name, which Azure compares without regard to case.
    package let resourceGroup: String
    /// The workspace's name within the group.
    package let workspaceName: String
    /// The experiment that the folder's runs belong to; nil where nobody said, and Azure takes the folder's name.
    package let experimentName: String?

    /// Refuses what cannot be such a name, since the names become part of addresses.
    package init(
        subscriptionID: String, resourceGroup: String, workspaceName: String, experimentName: String? = nil
    ) throws(RunServiceError) {
        for (name, value) in [
            ("subscription id", subscriptionID), ("resource group", resourceGroup), ("workspace", workspaceName),
        ] where !Self.isName(value) {
            let shown = value.isEmpty ? "is missing" : "cannot be `\(Shown.text(value))`"
            throw RunServiceError(
                .invalid, "The \(name) \(shown); Azure's portal shows the right one on the workspace's overview.")
        }
        self.subscriptionID = subscriptionID
        self.resourceGroup = resourceGroup
        self.workspaceName = workspaceName
        self.experimentName = experimentName
    }

    /// The workspace's path below the address of Azure's resource manager, and of every service of the workspace.
    package var scope: String {
        "/subscriptions/\(subscriptionID)/resourceGroups/\(resourceGroup)"
            + "/providers/Microsoft.MachineLearningServices/workspaces/\(workspaceName)"
    }

    /// Azure allows far less; here it is enough that nothing changes the meaning of an address or of a sentence.
    private static func isName(_ text: String) -> Bool {
        (1...260).contains(text.unicodeScalars.count) && !text.allSatisfy { $0 == "." }
            && !text.unicodeScalars.contains { Shown.isHidden($0) || "/\\?#%&:;<>\"' ".unicodeScalars.contains($0) }
    }
}

extension WorkspaceConfig {
    /// The contents of a `config.json`, in either form that Azure's tools write; nil when it is about anything else.
    package init?(json bytes: [UInt8]) throws(RunServiceError) {
        let unmarked = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? Array(bytes.dropFirst(3)) : bytes
        guard case .object(let members)? = try? JSONReader.read(unmarked) else { return nil }
        func text(_ key: String) -> String? {
            if case .string(let text)? = members[key] { text } else { nil }
        }
        if let workspace = text("workspace_name") {
            try self.init(
                subscriptionID: text("subscription_id") ?? "", resourceGroup: text("resource_group") ?? "",
                workspaceName: workspace, experimentName: text("experiment_name"))
        } else if let scope = text("Scope"), scope.lowercased().contains("/workspaces/") {
            try self.init(scope: scope)
        } else {
            return nil
        }
    }

    /// From `/subscriptions/S/resourceGroups/G/providers/Microsoft.MachineLearningServices/workspaces/W`, as Azure's older
    /// tools wrote it, where `/projects/E` may follow, an experiment.
    package init(scope: String) throws(RunServiceError) {
        let parts = scope.split(separator: "/").map(String.init)
        func part(after name: String) -> String {
            let place = parts.firstIndex { $0.lowercased() == name.lowercased() }
            return place.flatMap { parts.dropFirst($0 + 1).first } ?? ""
        }
        let experiment = part(after: "projects")
        try self.init(
            subscriptionID: part(after: "subscriptions"), resourceGroup: part(after: "resourceGroups"),
            workspaceName: part(after: "workspaces"), experimentName: experiment.isEmpty ? nil : experiment)
    }

    /// As `config.json` holds it today; Azure's portal and SDKs write and read the same, and pass over the experiment.
    package var json: String {
        var members = JSONObject()
        members["subscription_id"] = .string(subscriptionID)
        members["resource_group"] = .string(resourceGroup)
        members["workspace_name"] = .string(workspaceName)
        if let experimentName { members["experiment_name"] = .string(experimentName) }
        // Names are short, so that no limit is met.
        let text = try? JSONWriter.text(of: .object(members), layout: .indented, escaping: .nonASCII)
        return (text ?? "") + "\n"
    }
}
