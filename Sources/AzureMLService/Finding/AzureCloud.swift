import FileAccess
package import HTTPTransport
package import RunServices

/// One of the clouds that Azure runs: where its resource manager is. All else is found out from there.
package struct AzureCloud: Sendable, Equatable {
    /// As Azure's tools call it.
    package var name: String
    /// Answers for every subscription of the cloud.
    package var resourceManager: HTTPAddress
    /// Where people and programs log in; nil to ask the resource manager.
    package var authority: HTTPAddress?
    /// What a token is asked for; nil for the resource manager itself.
    package var audience: String?

    /// The name of the variable that sends all questions to another resource manager.
    package static let variable = "RUNWATCH_AZURE_RESOURCE_MANAGER"

    /// The clouds that everybody can use: name, resource manager, login.
    private static let known = [
        ("AzureCloud", "management.azure.com", "login.microsoftonline.com"),
        ("AzureChinaCloud", "management.chinacloudapi.cn", "login.chinacloudapi.cn"),
        ("AzureUSGovernment", "management.usgovcloudapi.net", "login.microsoftonline.us"),
    ]

    /// What a token is asked for.
    package var resource: String { audience ?? resourceManager.text }

    /// A cloud by its resource manager.
    package init(
        name: String, resourceManager: HTTPAddress, authority: HTTPAddress? = nil, audience: String? = nil
    ) {
        self.name = name
        self.resourceManager = resourceManager
        self.authority = authority
        self.audience = audience
    }

    /// The cloud that an environment means: `RUNWATCH_AZURE_RESOURCE_MANAGER`, else the one that
    /// `AZUREML_CURRENT_CLOUD` names, else the one that `az` is set to, else Azure's public one. `AZURE_AUTHORITY_HOST`
    /// names another place to log in. Throws `invalid` for what cannot be used.
    package static func chosen(in environment: AzureEnvironment) throws(RunServiceError) -> AzureCloud {
        var cloud = try environment[variable].map { (text) throws(RunServiceError) in
            AzureCloud(name: variable, resourceManager: try address(text, of: variable))
        }
        if cloud == nil {
            let own = "AZUREML_CURRENT_CLOUD"
            let name = environment[own] ?? AzureCommandSettings(environment).cloud ?? known[0].0
            cloud = try named(name, in: environment)
        }
        guard var cloud else {
            throw RunServiceError(
                .invalid,
                "There is no Azure cloud of the name in AZUREML_CURRENT_CLOUD; `az cloud list --query [].name` shows all."
            )
        }
        if let text = environment["AZURE_AUTHORITY_HOST"] {
            cloud.authority = try address(text, of: "AZURE_AUTHORITY_HOST")
        }
        return cloud
    }

    private static func named(
        _ name: String, in environment: AzureEnvironment
    ) throws(RunServiceError) -> AzureCloud? {
        if let found = known.first(where: { $0.0.lowercased() == name.lowercased() }) {
            return AzureCloud(
                name: found.0, resourceManager: try HTTPAddress("https://" + found.1),
                authority: try HTTPAddress("https://" + found.2))
        }
        // One that was made known to `az` with `az cloud register`.
        guard let values = AzureCommandSettings(environment).cloud(named: name),
            let manager = values["endpoint_resource_manager"]
        else { return nil }
        return AzureCloud(
            name: name, resourceManager: try address(manager, of: "the cloud \(Shown.text(name)) of az"),
            authority: try values["endpoint_active_directory"].map { (text) throws(RunServiceError) in
                try address(text, of: "the cloud \(Shown.text(name)) of az")
            }, audience: values["endpoint_active_directory_resource_id"])
    }

    /// With or without `https://`. Throws `invalid` for none, and where a secret sent there could be read on the way.
    static func address(_ text: String, of origin: String) throws(RunServiceError) -> HTTPAddress {
        guard let address = try? HTTPAddress(text.contains("://") ? text : "https://" + text) else {
            throw RunServiceError(.invalid, "\(origin) names no server; write it like https://HOST.")
        }
        guard address.keepsSecrets else {
            throw RunServiceError(
                .invalid, "\(origin) names a server by http://, where others could read a token; write https://.")
        }
        return address
    }
}
