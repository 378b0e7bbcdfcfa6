import HTTPTransport
import MLflowWire
import RemotePolling
import RunServices

extension MLflowAPI {
    /// The pages of a long answer, which an error calls `subject`, in the plural.
    func pages(of subject: String, after token: String? = nil, _ progress: Pages.Progress = .init()) -> Pages {
        Pages(of: subject, from: transport.fault.server, after: token, progress)
    }

    /// All experiments that are not deleted.
    func experiments() async throws(RunServiceError) -> [WireExperiment] {
        var found: [WireExperiment] = []
        var pages = pages(of: "experiments")
        repeat {
            let page = try await experimentPage(after: pages.token, count: 1_000)
            let experiments = page.experiments ?? []
            found += experiments
            try pages.turn(to: page.nextPageToken, items: experiments.count)
        } while pages.hasMore
        return found
    }

    func experimentPage(
        after token: String?, count: Int, filter: String? = nil
    ) async throws(RunServiceError) -> WireExperimentList {
        try await post(
            "experiments/search",
            WireExperimentSearch(
                max_results: count, filter: filter, page_token: token, order_by: ["creation_time ASC"]),
            deadline: HTTPCall.listDeadline)
    }

    func experiment(_ id: String) async throws(RunServiceError) -> WireExperiment {
        let answer: WireExperimentAnswer = try await get("experiments/get", [("experiment_id", id)])
        return answer.experiment
    }

    /// One page, newest start first.
    func runPage(
        in experiments: [String], filter: String? = nil, view: String = "ACTIVE_ONLY", after token: String? = nil,
        count: Int
    ) async throws(RunServiceError) -> WireRunList {
        // Servers answer an empty list of experiments in different ways; nothing can be in it.
        if experiments.isEmpty { return WireRunList(runs: [], nextPageToken: nil) }
        let deadline = count > 100 ? HTTPCall.listDeadline : HTTPCall.listDeadline / 2
        return try await post(
            "runs/search",
            WireRunSearch(
                experiment_ids: experiments, filter: filter, run_view_type: view, max_results: count,
                order_by: ["attributes.start_time DESC"], page_token: token),
            deadline: deadline)
    }

    /// Hands on all runs that match, page by page, so that no more than a page of them need be held.
    func forEachPage(
        in experiments: [String], filter: String? = nil,
        _ body: ([WireRun]) async throws(RunServiceError) -> Void
    ) async throws(RunServiceError) {
        var pages = pages(of: "runs")
        repeat {
            let page = try await runPage(in: experiments, filter: filter, after: pages.token, count: listPage)
            let runs = page.runs ?? []
            try await body(runs)
            try pages.turn(to: page.nextPageToken, items: runs.count)
        } while pages.hasMore
    }

    /// Throws `notFound`, for deleted runs too.
    func run(_ id: String) async throws(RunServiceError) -> WireRun {
        let answer: WireRunAnswer = try await get("runs/get", [("run_id", id), ("run_uuid", id)])
        if answer.run.info.lifecycleStage == "deleted" {
            throw RunServiceError(.notFound, "The run \(Shown.text(id)) has been deleted; MLflow can restore it.")
        }
        return answer.run
    }

    /// Whether a text can be the id of a run (`_RUN_ID_REGEX` in `mlflow/utils/validation.py`).
    static func isRunID(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, bytes.count <= 256, isWord(first), first != UInt8(ascii: "_") else {
            return false
        }
        return bytes.allSatisfy { isWord($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// Quotes a text for a filter; nil when the grammar cannot express it.
    static func quoted(_ text: String) -> String? {
        if !text.contains("'") { return "'\(text)'" }
        return text.contains("\"") ? nil : "\"\(text)\""
    }
}
