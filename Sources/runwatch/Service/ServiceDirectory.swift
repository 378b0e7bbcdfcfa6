import DashboardRuntime
import RunServices
import SlurmExecution

/// The run services that one dashboard can go over to, and the way to each.
struct ServiceDirectory: Sendable {
    let locator: ServiceLocator
    /// Where it begins.
    let chosen: ServiceLocation
    /// Whether nothing may be changed; nil leaves it to each service.
    let isReadOnly: Bool?

    /// Without those that cannot be found now: `choose` has spoken of what matters.
    private var known: [ServiceLocation] {
        var known = [chosen]
        for location in locator.offered where !known.contains(where: { $0.name == location.name }) {
            known.append(location)
        }
        return known
    }

    /// All to choose from.
    var descriptions: [ServiceDescription] { known.map(\.description) + locator.configuredDescriptions }

    func connection(to location: ServiceLocation) -> ServiceConnection {
        var location = location
        if isReadOnly == false { location.readOnlySince = nil }
        let (place, isReadOnly) = (location, isReadOnly ?? false)
        return ServiceConnection(
            location.description,
            keeper: { service in
                (service as? any SupervisedRunService).map(RunKeeper.keeper)
            },
            open: { () throws(RunServiceError) in try await place.open(readOnly: isReadOnly) })
    }

    /// By the name under which a known service is shown, by a name of the configuration, or by an address or path.
    func connection(to name: String) throws(RunServiceError) -> ServiceConnection {
        if let location = known.first(where: { $0.name == name || $0.configuredName == name }) {
            return connection(to: location)
        }
        if let service = locator.configured(name) {
            return connection(to: try locator.location(of: service, reason: nil))
        }
        return connection(to: try locator.named(name, reason: ":service"))
    }
}
