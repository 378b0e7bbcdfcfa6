import HTTPTransport

extension WorkspaceAddress {
    /// What `--service` takes: `azureml://subscriptions/…`, behind the host where one was named.
    package var text: String {
        guard let host else { return "azureml:/" + scope }
        // Without TLS only on request, as for a server on this machine.
        return (host.isSecure ? "azureml://" : "azureml+http://") + host.authority + host.path + scope
    }
}
