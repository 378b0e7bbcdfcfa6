import Foundation
import HTTPTransport
import RunServices
import TestSupport
import Testing

@testable import AzureMLService

/// Which of Azure's clouds is meant.
@Suite struct CloudTests {
    private func cloud(_ variables: [String: String]) throws -> AzureCloud {
        // Never the home of who runs the tests.
        try AzureCloud.chosen(in: AzureEnvironment(["HOME": "/nonexistent"].merging(variables) { $1 }))
    }

    @Test(
        arguments: [
            ([:], "https://management.azure.com", "https://login.microsoftonline.com"),
            (
                ["AZUREML_CURRENT_CLOUD": "AzureChinaCloud"], "https://management.chinacloudapi.cn",
                "https://login.chinacloudapi.cn"
            ),
            (
                ["AZUREML_CURRENT_CLOUD": "azureusgovernment"], "https://management.usgovcloudapi.net",
                "https://login.microsoftonline.us"
            ),
            (["AZURE_AUTHORITY_HOST": "login.example"], "https://management.azure.com", "https://login.example"),
            (["RUNWATCH_AZURE_RESOURCE_MANAGER": "https://arm.example:8443/x/"], "https://arm.example:8443/x", nil),
        ] as [([String: String], String, String?)])
    func `a cloud is known by its name or its resource manager`(
        _ variables: [String: String], _ manager: String, _ authority: String?
    ) throws {
        let cloud = try cloud(variables)
        #expect(cloud.resourceManager.text == manager)
        #expect(cloud.resource == manager)
        #expect(cloud.authority?.text == authority)
    }

    @Test func `the cloud that az is set to counts, one of its own too`() throws {
        let place = try TemporaryDirectory()
        try "[cloud]\nname = Hybrid\n".write(toFile: place.path + "/config", atomically: true, encoding: .utf8)
        try """
        [Hybrid]
        endpoint_resource_manager = https://management.local.example/
        endpoint_active_directory = https://login.local.example/adfs
        endpoint_active_directory_resource_id = https://management.adfs.example/guid
        """.write(toFile: place.path + "/clouds.config", atomically: true, encoding: .utf8)
        let cloud = try cloud(["AZURE_CONFIG_DIR": place.path])
        #expect(cloud.resourceManager.text == "https://management.local.example")
        #expect(cloud.authority?.text == "https://login.local.example/adfs")
        #expect(cloud.resource == "https://management.adfs.example/guid")
        // The variable is nearer than a file.
        let other = try self.cloud(["AZURE_CONFIG_DIR": place.path, "AZUREML_CURRENT_CLOUD": "AzureChinaCloud"])
        #expect(other.name == "AzureChinaCloud")
    }

    @Test(arguments: [
        (["AZUREML_CURRENT_CLOUD": "Nimbus"], "az cloud list"),
        (["RUNWATCH_AZURE_RESOURCE_MANAGER": "http://arm.example"], "write https://"),
        (["RUNWATCH_AZURE_RESOURCE_MANAGER": "::"], "names no server"),
        (["AZURE_AUTHORITY_HOST": "http://login.example"], "write https://"),
    ])
    func `what cannot be used is refused`(_ variables: [String: String], _ words: String) async {
        let error = await refusal { () throws(RunServiceError) in
            try AzureCloud.chosen(in: AzureEnvironment(["HOME": "/nonexistent"].merging(variables) { $1 }))
        }
        #expect(error?.code == .invalid)
        #expect(error?.message.contains(words) == true)
    }

    @Test(arguments: [
        #"{"authentication":{"loginEndpoint":"https://login.x/","audiences":["a"]}}"#,
        #"[{"name":"X","authentication":{"loginEndpoint":"https://login.x"}}]"#,
    ])
    func `a resource manager says where to log in`(_ body: String) {
        #expect(CloudMetadata(Array(body.utf8))?.authority.text == "https://login.x")
        #expect(CloudMetadata(Array(body.replacing("https", with: "http").utf8)) == nil)
    }
}
