/// A workspace as Azure Resource Manager tells of it.
package struct WorkspaceResource: Codable, Sendable, Equatable {
    /// Its path at the resource manager.
    package var id: String
    /// What people call it.
    package var name: String
    /// `Microsoft.MachineLearningServices/workspaces`.
    package var type: String
    /// The data centre.
    package var location: String
    /// What people marked it with.
    package var tags: [String: String]
    /// What it costs.
    package var sku: Sku
    /// Where its services are.
    package var properties: Properties

    /// A workspace at this path.
    package init(
        id: String, name: String, type: String = "Microsoft.MachineLearningServices/workspaces",
        location: String = "local", tags: [String: String] = [:], sku: Sku = Sku(), properties: Properties
    ) {
        self.id = id
        self.name = name
        self.type = type
        self.location = location
        self.tags = tags
        self.sku = sku
        self.properties = properties
    }

    /// What a workspace costs.
    package struct Sku: Codable, Sendable, Equatable {
        /// `Basic` or `Enterprise`.
        package var name: String
        /// The same word.
        package var tier: String

        /// The plan of that name.
        package init(name: String = "Basic") {
            self.name = name
            tier = name
        }
    }

    /// What a client needs to go on.
    package struct Properties: Codable, Sendable, Equatable {
        /// Stays when the workspace is renamed.
        package var workspaceId: String
        /// Answers where the services are.
        package var discoveryUrl: String
        /// What MLflow's client takes for a tracking URI.
        package var mlFlowTrackingUri: String?
        /// What people call it.
        package var friendlyName: String?
        /// `Succeeded` once it can be used.
        package var provisioningState: String?

        /// A workspace that can be used.
        package init(
            workspaceId: String, discoveryUrl: String, mlFlowTrackingUri: String?, friendlyName: String?,
            provisioningState: String? = "Succeeded"
        ) {
            self.workspaceId = workspaceId
            self.discoveryUrl = discoveryUrl
            self.mlFlowTrackingUri = mlFlowTrackingUri
            self.friendlyName = friendlyName
            self.provisioningState = provisioningState
        }
    }
}
