import AzureMLFolder
import FileAccess
import Foundation
import RunServices
import TestSupport
import Testing

/// Which workspace a folder belongs to, as Azure's tools write it down.
@Suite struct WorkspaceFolderTests {
    private static let modern = """
        {"subscription_id": "s-1", "resource_group": "rg", "workspace_name": "ws"}
        """
    private static let legacy = """
        \u{FEFF}{"Id": null, "Scope": "/subscriptions/s-2/resourcegroups/rg/providers/Microsoft.MachineLearningServices/workspaces/old/projects/mine"}
        """

    private static func put(_ text: String, at path: String) throws {
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: false, encoding: .utf8)
    }

    @Test(arguments: [".azureml/config.json", "aml_config/config.json", "config.json", ".azureml/project.json"])
    func `each place is found from far below`(_ name: String) throws {
        let place = try TemporaryDirectory()
        try Self.put(Self.modern, at: place.path + "/project/" + name)
        try Self.put("", at: place.path + "/project/src/deep/x.py")
        let found = try #require(try WorkspaceFolder.nearest(to: place.path + "/project/src/deep"))
        #expect(found.path == place.path + "/project" && found.file == place.path + "/project/" + name)
        let config = try WorkspaceConfig(subscriptionID: "s-1", resourceGroup: "rg", workspaceName: "ws")
        #expect(found.config == config)
        #expect(try WorkspaceFolder.reading(found.file) == found)
        #expect(
            config.scope
                == "/subscriptions/s-1/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/ws")
    }

    @Test func `the nearest wins, and the new place over the old one`() throws {
        let place = try TemporaryDirectory()
        try Self.put(Self.modern, at: place.path + "/.azureml/config.json")
        try Self.put(Self.legacy, at: place.path + "/a/aml_config/config.json")
        try Self.put(Self.modern, at: place.path + "/a/config.json")
        #expect(try WorkspaceFolder.nearest(to: place.path + "/a")?.config.workspaceName == "old")
        let legacy = try WorkspaceFolder.nearest(to: place.path + "/a/b/c")?.config
        #expect(legacy?.subscriptionID == "s-2" && legacy?.experimentName == "mine")
        #expect(try WorkspaceFolder.nearest(to: place.path)?.config.workspaceName == "ws")
    }

    @Test(arguments: ["{\"model_type\": \"bert\"}", "{\"scope\": \"read\"}", "[1]", "no JSON", ""])
    func `other programs' files are passed over, but not in the folder's own directory`(_ text: String) throws {
        let place = try TemporaryDirectory()
        try Self.put(Self.modern, at: place.path + "/config.json")
        try Self.put(text, at: place.path + "/a/config.json")
        #expect(try WorkspaceFolder.nearest(to: place.path + "/a")?.path == place.path)
        try Self.put(text, at: place.path + "/a/.azureml/config.json")
        #expect { try WorkspaceFolder.nearest(to: place.path + "/a") } throws: {
            ($0 as? RunServiceError)?.message.contains("names no workspace") == true
        }
    }

    @Test(arguments: [
        #"{"workspace_name": "ws"}"#, #"{"workspace_name": "a/b", "subscription_id": "s", "resource_group": "g"}"#,
        #"{"workspace_name": "..", "subscription_id": "s", "resource_group": "g"}"#,
        #"{"workspace_name": "w", "subscription_id": "s?x", "resource_group": "g"}"#,
        #"{"workspace_name": "w", "subscription_id": "s", "resource_group": "a\u001b[2J"}"#,
    ])
    func `names that would change an address are refused`(_ text: String) throws {
        let place = try TemporaryDirectory()
        try Self.put(text, at: place.path + "/.azureml/config.json")
        #expect { try WorkspaceFolder.nearest(to: place.path) } throws: {
            ($0 as? RunServiceError)?.code == .invalid
                && ($0 as? RunServiceError)?.message.contains(".azureml/config.json") == true
                && !"\($0)".contains("\u{1b}")
        }
    }

    @Test func `attaching writes what is then found, and spares the configurations that are there`() throws {
        let place = try TemporaryDirectory()
        try Self.put("script: mine.py", at: place.path + "/.azureml/sklearn.runconfig")
        let config = try WorkspaceConfig(subscriptionID: "s", resourceGroup: "g", workspaceName: "w")
        let made = try WorkspaceFolder.attach(place.path, to: config)
        #expect(try WorkspaceFolder.nearest(to: place.path) == made)
        #expect(RunConfigurationFile.names(in: place.path) == ["local", "sklearn"])
        #expect(try RunConfigurationFile.read("sklearn", in: place.path).0.script == "mine.py")
        let (sample, file) = try RunConfigurationFile.read("local", in: place.path)
        #expect(sample.obstacle == nil && sample.script == nil && file.hasSuffix(".azureml/local.runconfig"))
        let other = try WorkspaceConfig(subscriptionID: "s", resourceGroup: "g", workspaceName: "w2")
        _ = try WorkspaceFolder.attach(place.path, to: other)
        #expect(try WorkspaceFolder.nearest(to: place.path)?.config == other)
        guard case .success(let names) = FileAccess.names(in: place.path + "/.azureml") else {
            Issue.record("no listing")
            return
        }
        #expect(names.sorted() == ["config.json", "local.runconfig", "sklearn.runconfig"])
    }
}
