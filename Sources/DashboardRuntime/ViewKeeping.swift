package import DashboardCore
package import RunModel
package import RunServices

/// Where views with names are kept.
package protocol ViewKeeping: Sendable {
    /// Makes a change, and returns all views that there are then.
    func make(_ change: ViewChange) async -> Result<[NamedView], RunServiceError>
}
