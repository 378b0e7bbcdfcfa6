import AzureMLService
import RunServices

extension AzureOptions {
    /// The run service that is chosen as for any other command; where that is Azure ML, the workspace that is named here.
    func openService(
        _ options: ServiceOptions, readOnly: Bool = false
    ) async throws(RunServiceError) -> any SupervisedRunService {
        let isNamed = workspace != nil || group != nil || subscription != nil
        guard isNamed, case .azureML(let chosen) = try options.location().place else {
            return try await options.open(readOnly: readOnly, isPatient: true)
        }
        var address = chosen.address
        address.workspace = workspace ?? address.workspace
        address.group = group ?? address.group
        address.subscription = subscription ?? address.subscription
        return try await ServiceLocation(place: .azureML(AzureMLLocation(address)), reason: "-w")
            .open(readOnly: readOnly, isPatient: true)
    }
}

extension AzureMLLocation {
    init(_ address: WorkspaceAddress) { self.address = address }
}
