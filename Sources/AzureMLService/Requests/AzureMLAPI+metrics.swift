import AzureMLWire
import HTTPTransport
import RemotePolling
import RunModel
import RunServices

extension AzureMLAPI {
    /// Metrics of a run that are looked at: a run that names one for each sample has no use here.
    static let metricLimit = 200
    /// Points in one sample.
    static let sampleLimit = 2_000

    private static func path(_ id: RunID, _ question: String) -> String {
        "\(Self.path(of: id))/\(question)"
    }

    /// The series that a run has logged; none for a run that does not exist.
    func series(of id: RunID) async throws(RunServiceError) -> [AzureSeries] {
        var found: [AzureSeries] = []
        var pages = pages(of: "metrics")
        repeat {
            var question = ListMetricsDto()
            question.continuationToken = pages.token
            let page: PaginatedDto<MetricDefinitionDto>
            do throws(RunServiceError) {
                page = try await send(.post, .metric, Self.path(id, "list"), question)
            } catch {
                if error.code == .notFound { return [] }
                throw error
            }
            found += page.value.flatMap(AzureSeries.all)
            try pages.turn(to: page.continuationToken, items: page.value.count)
        } while pages.hasMore && found.count < Self.metricLimit
        var known: Set<String> = []
        return found.prefix(Self.metricLimit).filter { known.insert($0.key).inserted }
    }

    /// An even sample of a series with its first and last points; empty where there is no such metric.
    func sample(of series: AzureSeries, in id: RunID, maxPoints: Int) async throws(RunServiceError) -> [MetricPoint] {
        var question = RetrieveMetricRequestDto(metricName: series.metric)
        question.maxValues = min(max(2, maxPoints), Self.sampleLimit)
        do throws(RunServiceError) {
            let answer: MetricV2Dto = try await send(
                .post, .metric, Self.path(id, "sample"), question, deadline: HTTPCall.listDeadline)
            return series.points(of: answer)
        } catch {
            switch error.code {
            // A metric that is not there, or a service that takes no samples: only all its values can tell.
            case .notFound, .unsupported, .invalid, .unexpectedResponse:
                return try await full(series, in: id)
            default: throw error
            }
        }
    }

    /// All points of a series, up to a hundred thousand; empty where there is no such metric.
    func full(_ series: AzureSeries, in id: RunID) async throws(RunServiceError) -> [MetricPoint] {
        var whole: MetricV2Dto?
        var pages = pages(of: "values")
        repeat {
            var question = RetrieveMetricRequestDto(metricName: series.metric)
            question.continuationToken = pages.token
            let answer: MetricV2Dto
            do throws(RunServiceError) {
                answer = try await send(
                    .post, .metric, Self.path(id, "full"), question, deadline: HTTPCall.listDeadline)
            } catch {
                if error.code == .notFound { return [] }
                throw error
            }
            try pages.turn(to: answer.continuationToken, items: answer.value.count)
            if whole == nil { whole = answer } else { whole?.value += answer.value }
        } while pages.hasMore && (whole?.value.count ?? 0) < 100_000
        return whole.map(series.points) ?? []
    }

    /// Sends points; one request takes fifty metrics, as the SDK's do.
    func log(_ metrics: [MetricV2Dto], to id: RunID) async throws(RunServiceError) {
        var rest = metrics[...]
        while !rest.isEmpty {
            let batch = BatchMetricV2Dto(values: Array(rest.prefix(50)), reportErrors: true)
            rest = rest.dropFirst(50)
            let answer = try await tell(
                .post, .metric, Self.path(id, "batch"), batch, deadline: HTTPCall.listDeadline)
            // 207: some of it was refused.
            guard answer.status == 207 else { continue }
            let result: PostRunMetricsResultDto? = try? decoded(answer)
            if let refused = result?.errors.first {
                throw RunServiceError(
                    .invalid, "The workspace did not take the metric `\(Shown.text(refused.metric.name))`.",
                    underlying: refused.errorResponse.error.message.map(Shown.text))
            }
        }
    }
}
