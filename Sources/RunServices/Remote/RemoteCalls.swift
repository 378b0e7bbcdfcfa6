/// The calls of a run service as one runwatch sends them to another, below `/api/2.0/runwatch/`: what `exec` and a
/// dashboard need of `runwatch serve` beyond MLflow's protocol, without loss.
///
/// A request is the JSON of one of these, an answer that of what the service returned.
package enum RemoteCall {
    /// Raised by whatever an older client or server would misunderstand; `server-info` tells it.
    package static let version = 1
    /// Where the calls are.
    package static let path = "/api/2.0/runwatch/"

    /// Each call; the raw value is the last part of its path.
    package enum Name: String, Sendable, CaseIterable {
        case experiments, runs, inspect, details, changes, edit, cancel, artifacts, attach, heartbeat, detach
        case metricSeries = "metric-series"
        case createRuns = "create-runs"
        case readLog = "read-log"
        case appendLog = "append-log"
        case publishLogs = "publish-logs"
        case deleteRun = "delete-run"
        case restoreRun = "restore-run"
        case deletedRuns = "deleted-runs"
        case purgeRun = "purge-run"

        /// Whether it changes nothing.
        package var isReading: Bool {
            switch self {
            case .experiments, .runs, .inspect, .details, .changes, .artifacts, .metricSeries, .readLog, .deletedRuns:
                true
            case .edit, .cancel, .attach, .heartbeat, .detach, .createRuns, .appendLog, .publishLogs: false
            case .deleteRun, .restoreRun, .purgeRun: false
            }
        }
    }

    /// Of a call that takes or tells nothing.
    package struct Nothing: Codable, Sendable {
        /// Nothing.
        package init() {}
    }
}
