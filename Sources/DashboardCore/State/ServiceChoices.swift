package import RunServices

/// Where a person is in the menu of run services.
package struct ServiceMenu: Equatable, Sendable {
    /// The highlighted service.
    package internal(set) var selection: Int
    /// Lines scrolled of what is told of the present service.
    package internal(set) var scroll = 0
}

/// The run services that a person can go over to.
package struct ServiceChoices: Equatable, Sendable {
    /// Those that were found or used, the one on screen among them; each location once.
    package private(set) var known: [ServiceDescription] = []
    /// What is being opened, as it was named; the service on screen is still the one before.
    package internal(set) var opening: String?

    init(known: [ServiceDescription], current: ServiceDescription) {
        for service in [current] + known { add(service) }
    }

    mutating func add(_ service: ServiceDescription) {
        if !known.contains(where: { $0.location == service.location }) { known.append(service) }
    }
}
