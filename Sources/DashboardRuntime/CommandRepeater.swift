package import DashboardCore
package import RunModel
package import RunServices

/// Starts a run's command again, on a service, with other values of parameters given as `key=value`.
package typealias CommandRepeater =
    @Sendable (RunID, _ changes: [String], _ service: any RunService) async throws(RunServiceError) -> RerunAnswer
