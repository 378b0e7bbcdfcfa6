import MLflowMeaning
import RunServices

extension RecordStore {
    package func experimentName(in environment: [String: String]) async throws(RunServiceError) -> String? {
        try await MLflowEnvironment.experimentName(in: environment) { id throws(RunServiceError) in
            try await read { session in try session.experiments().first { $0.id == id }?.name }
        }
    }
}
