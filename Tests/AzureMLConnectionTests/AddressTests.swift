import HTTPTransport
import RunModel
import RunServices
import TestSupport
import Testing

@testable import AzureMLService

/// The ways in which a workspace is written down.
@Suite struct AddressTests {
    static let scope = "subscriptions/\(sampleSubscription)/resourceGroups/rg"
    static let provider = "providers/Microsoft.MachineLearningServices/workspaces/ws"

    @Test(
        arguments: [
            ("azureml://\(scope)/workspaces/ws", nil),
            ("azureml://\(scope)/\(provider)", nil),
            ("AzureML://SUBSCRIPTIONS/\(sampleSubscription)/resourcegroups/rg/WORKSPACES/ws/", nil),
            ("azureml:///\(scope)/workspaces/ws", nil),
            ("azureml://eastus.api.azureml.ms/\(scope)/workspaces/ws", "https://eastus.api.azureml.ms"),
            ("azureml://eastus.api.azureml.ms/mlflow/v1.0/\(scope)/\(provider)", "https://eastus.api.azureml.ms"),
            ("azureml://eastus.api.azureml.ms/mlflow/v2.0/\(scope)/\(provider)?x=y", "https://eastus.api.azureml.ms"),
            ("azureml://proxy.example/azure/mlflow/v1.0/\(scope)/\(provider)", "https://proxy.example/azure"),
            ("azureml://127.0.0.1:5000/\(scope)/workspaces/ws", "http://127.0.0.1:5000"),
            ("azureml://localhost:5000/mlflow/v1.0/\(scope)/\(provider)", "http://localhost:5000"),
            ("azureml://[::1]:5000/\(scope)/workspaces/ws", "http://[::1]:5000"),
            ("azureml+https://localhost:5000/\(scope)/workspaces/ws", "https://localhost:5000"),
            ("azureml+http://127.9.9.9/\(scope)/workspaces/ws", "http://127.9.9.9"),
        ] as [(String, String?)])
    func `an address leads to its workspace and back`(_ text: String, _ host: String?) throws {
        let address = try #require(try WorkspaceAddress(uri: text))
        #expect(address == .sample(host: try host.map { try HTTPAddress($0) }))
        #expect(try WorkspaceAddress(uri: address.text) == address)
    }

    @Test(arguments: [
        "azureml://", "azureml://subscriptions/x", "azureml://subscriptions/x/resourceGroups/y/workspaces/",
        "azureml://subscriptions/x/resourceGroups/../workspaces/w",
        "azureml://subscriptions/x/resourceGroups/y/workspaces/..",
        "azureml://subscriptions/x/resourceGroups/y/workspaces/a%2Fb",
        "azureml://subscriptions/x/resourceGroups/y/workspaces/%1b",
        "azureml://user:secret@host/subscriptions/x/resourceGroups/y/workspaces/z",
        "azureml://host:99999/subscriptions/x/resourceGroups/y/workspaces/z",
    ])
    func `what is no such address is refused with what to write`(_ text: String) async {
        let error = await refusal { () throws(RunServiceError) in try WorkspaceAddress(uri: text) }
        #expect(error?.code == .invalid)
        #expect(error?.message.contains("azureml://subscriptions/ID/resourceGroups/GROUP/workspaces/NAME") == true)
        #expect(error?.description.contains("secret") != true)
    }

    @Test func `only servers on this machine are spoken to without TLS`() async {
        let error = await refusal { () throws(RunServiceError) in
            try WorkspaceAddress(uri: "azureml+http://example.org/subscriptions/x/resourceGroups/y/workspaces/z")
        }
        #expect(error?.message.contains("on this machine only") == true)
    }

    @Test(arguments: ["http://127.0.0.1", "file:///x", "/azureml/x", "azuremlx://subscriptions/x", ""])
    func `other texts are somebody else's`(_ text: String) throws {
        #expect(try WorkspaceAddress(uri: text) == nil)
    }

    @Test func `a submitted run is known by all its variables`() throws {
        var variables = [
            "AZUREML_ARM_SUBSCRIPTION": sampleSubscription, "AZUREML_ARM_RESOURCEGROUP": "rg",
            "AZUREML_ARM_WORKSPACE_NAME": "ws", "AZUREML_ARM_PROJECT_NAME": "exp", "AZUREML_RUN_ID": "run_1",
            "AZUREML_SERVICE_ENDPOINT": "https://eastus.api.azureml.ms", "AZUREML_RUN_TOKEN": "tok",
            "AZUREML_RUN_TOKEN_EXPIRY": "2030-01-01T00:00:00+00:00",
        ]
        let run = try #require(try SubmittedRun(AzureEnvironment(variables)))
        #expect(run.address.host?.text == "https://eastus.api.azureml.ms")
        #expect((run.run.text, run.experiment, run.discoveryURL) == ("run_1", "exp", nil))
        #expect(run.token?.expiresAt?.milliseconds == 1_893_456_000_000)
        variables["AZUREML_RUN_ID"] = ""
        #expect(try SubmittedRun(AzureEnvironment(variables)) == nil)
    }
}
