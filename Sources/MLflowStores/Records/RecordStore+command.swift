import MLflowMeaning
import RunServices

extension RecordStore {
    /// About errors of MLflow's own client.
    package func advice(onLastWords words: String) -> String? { MLflowAdvice.onEnd(lastWords: words) }

    /// Looks an id up in the store where the environment gives no name.
    package func experimentName(in environment: [String: String]) async throws(RunServiceError) -> String? {
        try await MLflowEnvironment.experimentName(in: environment) { id throws(RunServiceError) in
            try await read { session in try session.experiments().first { $0.id == id }?.name }
        }
    }
}
