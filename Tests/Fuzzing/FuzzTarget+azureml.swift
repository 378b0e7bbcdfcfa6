import AzureMLService
import RunModel

extension FuzzTarget {
    /// What Azure's resource manager, discovery and token services answer, and what a token says of itself.
    static let azureAnswers = FuzzTarget(
        "azureAnswers",
        seeds: [
            #"{"properties":{"discoveryUrl":"https://x/d?a=b","workspaceId":"w","tenantId":"t"}}"#,
            #"{"history":"https://x","api":"http://127.0.0.1:1","studio":7,"n":null}"#,
            #"{"access_token":"a.eyJleHAiOjk5OTk5OTk5OTk5OTk5OTk5OX0.c","expires_in":"9223372036854775807","expires_on":-1}"#,
            #"{"error":"invalid_client","error_description":"AADSTS7: no\r\nTrace"}"#,
            #"{"error":{"code":"X","message":"y"}}"#,
            "a.eyJleHAiOjFlMzAwLCJ0aWQiOiIxIn0.c", "..", String(repeating: "[", count: 20_000),
            "must match the tenant 'https://sts.windows.net/00000000-0000-0000-0000-00000000000b/'",
        ]
    ) { bytes in
        let now = Timestamp(milliseconds: 1_750_000_000_000)
        _ = WorkspaceFacts(bytes)
        _ = DiscoveredServices(bytes)
        if let end = TokenAnswer(bytes, at: now).token?.expiresAt { _ = end.milliseconds(since: now) }
        let text = String(decoding: bytes, as: UTF8.self)
        _ = TokenClaims(of: text)
        if let tenant = TenantName.wanted(text) { precondition(TenantName.isSafe(tenant)) }
    }

    /// Addresses of workspaces: what is taken is written the same way again.
    static let azureAddresses = FuzzTarget(
        "azureAddresses",
        seeds: [
            "azureml://subscriptions/s/resourceGroups/g/workspaces/w",
            "azureml://eastus.api.azureml.ms/mlflow/v1.0/subscriptions/s/resourceGroups/g/providers/"
                + "Microsoft.MachineLearningServices/workspaces/w?x=y",
            "azureml+https://[::1]:5000/a%20b/subscriptions/s/resourceGroups/g%2e/workspaces/w#f", "azureml:",
            "azureml+http://x",
        ]
    ) { bytes in
        guard let address = try? WorkspaceAddress(uri: String(decoding: bytes, as: UTF8.self)) else { return }
        let again = try? WorkspaceAddress(uri: address.text)
        precondition(again == address)
    }

    /// Files with a certificate and a key.
    static let certificates = FuzzTarget(
        "certificates", rounds: 1_000,
        seeds: [
            "x\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nAAAA\n"
                + "-----END PRIVATE KEY-----\n",
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAA==\n-----END RSA PRIVATE KEY-----",
            "-----BEGIN -----\n-----END -----", "-----BEGIN ------",
        ]
    ) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        for block in PEMBlock.all(in: text) { _ = block.isEncrypted }
        guard let certificate = try? ClientCertificate(pem: text, sendsChain: true) else { return }
        _ = try? certificate.assertion(by: "app", for: "https://x", at: Timestamp(milliseconds: 0))
    }
}
