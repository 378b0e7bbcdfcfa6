import Hummingbird
import MLflowWire
import RunModel
import RunServices

/// `runs/search`.
extension MLflowEndpoints {
    var runSearch: [MLflowEndpoint] {
        let fields: [MessageField] = [
            .texts("experiment_ids"), .text("filter"), .word("run_view_type", Self.views),
            MessageField.integer("max_results").demanding { value in
                (value.int64 ?? 0) <= 50_000
                    ? nil
                    : MLflowFault.invalidValueText(
                        value, of: "max_results", " Hint: Value was of type '\(value.pythonType)'.")
            }, .texts("order_by"), .text("page_token"),
        ]
        return [.post("runs/search", fields) { message, _ in try await searchRuns(message) }]
    }

    private func searchRuns(_ message: Message) async throws -> Response {
        // What `SearchRuns` has as its default (`mlflow/protos/service.proto`).
        let limit = message.integer("max_results") ?? 1_000
        try Self.checkPageSize(limit)
        let search = RunSearch(
            .experiments(try await experiments(message.texts("experiment_ids"))),
            matching: try RunConditionMapping.condition(message.text("filter")),
            view: Self.view(message, "run_view_type"), order: try RunOrderMapping.orders(message.texts("order_by")),
            limit: Int(limit), page: try WireToken.decode(message.text("page_token")))
        let page = try await service.search(search)
        return Self.page("runs", page.items.map(RunMapping.wire), next: page.next)
    }

    /// Those that do not exist have no runs; but what MLflow could not even take for an id, it refuses.
    func experiments(_ ids: [String]) async throws -> [ExperimentID] {
        for id in ids where Int64(id) == nil {
            if id.isEmpty { throw Self.noExperimentID(id) }
            _ = try await experiment(id)
        }
        return ids.map { ExperimentID($0) }
    }
}
