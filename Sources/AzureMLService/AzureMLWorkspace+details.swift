import AzureMLWire
import MLflowMeaning
package import RunModel
package import RunServices
import Synchronization

extension AzureMLWorkspace {
    /// A log listing that fails leaves its error in `logsError` and does not fail the call.
    package func details(of id: RunID) async throws(RunServiceError) -> RunDetails {
        var (record, run) = try await record(of: id, freshMetrics: true)
        if !record.dto.dataContainerId.isEmpty {
            places.withLock { [record] in $0.note(container: record.dto.dataContainerId, of: id) }
        }
        var details: RunDetails
        do throws(RunServiceError) {
            let more = try await api.details(of: id)
            // What a listing of runs leaves out.
            record.dto.warnings = record.dto.warnings ?? more.warnings
            if record.dto.error == nil, let error = more.error {
                record.dto.error = error
                run = record.run(at: clock(), metrics: run.metrics)
            }
            details = RunDetails(run: run, source: record.source, supervisor: record.supervision?.state)
            do throws(RunServiceError) {
                details.logs = try await logFiles(of: id, more.logFiles)
            } catch {
                details.logsError = error
            }
        } catch {
            details = RunDetails(run: run, source: record.source, supervisor: record.supervision?.state)
            details.logsError = error
        }
        details.remarks = record.remarks
        return details
    }
}
