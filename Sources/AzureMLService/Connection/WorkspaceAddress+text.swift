import HTTPTransport

extension WorkspaceAddress {
    /// What `--service` takes: `azureml://subscriptions/…`, behind the host where one was named.
    package var text: String {
        guard let host else { return "azureml:/" + scope }
        // Servers on this machine are the only ones that may be spoken to without TLS, and usually are.
        return (host.isSecure && host.isLoopback ? "azureml+https://" : "azureml://") + host.authority + host.path
            + scope
    }

    /// As the header and sentences name it.
    var shownText: String { host.map { "\(workspace) at \($0.authority)" } ?? workspace }
}
