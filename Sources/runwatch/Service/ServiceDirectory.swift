import DashboardRuntime
import LocalStore
import RunExecution
import RunServices

/// The run services that one dashboard can go over to, and the way to each.
struct ServiceDirectory: Sendable {
    let locator: ServiceLocator
    /// Where it begins.
    let chosen: ServiceLocation
    let isReadOnly: Bool

    /// Without those that the environment names wrongly: `choose` has spoken of what matters.
    var known: [ServiceLocation] {
        var known = [chosen]
        for location in locator.offered where !known.contains(where: { $0.name == location.name }) {
            known.append(location)
        }
        return known
    }

    func connection(to location: ServiceLocation) -> ServiceConnection {
        ServiceConnection(
            location.description,
            keeper: { service in
                (service as? any SupervisedRunService).map { HostReaper($0, clock: LocalStore.systemClock) }
            },
            open: { [isReadOnly] () throws(RunServiceError) in try await location.open(readOnly: isReadOnly) })
    }

    /// By the name under which a known service is shown, or by an address or path.
    func connection(to name: String) throws(RunServiceError) -> ServiceConnection {
        if let location = known.first(where: { $0.name == name }) { return connection(to: location) }
        return connection(to: try locator.named(name, reason: ":service"))
    }
}
