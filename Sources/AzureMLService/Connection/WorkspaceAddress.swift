package import HTTPTransport

/// Which workspace is meant, and the server at which finding it begins.
package struct WorkspaceAddress: Sendable, Equatable {
    /// The subscription's id.
    package var subscription: String
    /// The resource group's name.
    package var group: String
    /// The workspace's name.
    package var workspace: String
    /// A server that answers for the workspace itself; nil to ask the cloud's resource manager where it is.
    package var host: HTTPAddress?

    /// A workspace by the three names that Azure has for it, taken as they are.
    package init(subscription: String, group: String, workspace: String, host: HTTPAddress? = nil) {
        self.subscription = subscription
        self.group = group
        self.workspace = workspace
        self.host = host
    }

    /// The workspace's place in every path, percent-encoded, with a leading slash.
    package var scope: String {
        let names = [subscription, group, workspace].map(HTTPTransport.escaped)
        return "/subscriptions/\(names[0])/resourceGroups/\(names[1])"
            + "/providers/Microsoft.MachineLearningServices/workspaces/\(names[2])"
    }
}
