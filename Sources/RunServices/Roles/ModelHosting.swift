/// Keeps logged models (MLflow 3).
package protocol ModelHosting: DescribedService {
    /// Throws `notFound` or `deleted` for the experiment, and `notFound` for the run.
    func createModel(_ draft: LoggedModelDraft) async throws(RunServiceError) -> LoggedModel

    /// Throws `notFound`, for a deleted one too.
    func model(_ id: String) async throws(RunServiceError) -> LoggedModel

    /// Throws `notFound`, and `immutable` for a parameter that has another value.
    @discardableResult
    func editModel(_ id: String, _ edit: LoggedModelEdit) async throws(RunServiceError) -> LoggedModel

    /// Throws `notFound`.
    func deleteModel(_ id: String) async throws(RunServiceError)

    /// One page of the models that a search asks for. Throws `invalid` for a page token that is not of such a search.
    func models(_ search: LoggedModelSearch) async throws(RunServiceError) -> Page<LoggedModel>
}
