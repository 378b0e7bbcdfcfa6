import DashboardCore
import RunModel
import RunServices

/// Reads the samples of several metrics, so that one that is refused does not take the others with it.
struct SeriesReader: Sendable {
    let service: any RunService
    let maxPoints: Int

    /// Questions for the sake of one answer: enough to single out a few of hundreds by halving.
    private static let mostQuestions = 40

    /// All that can be had, and why the rest cannot. Throws what concerns no single metric: a service that is away, or
    /// that lets the person read nothing.
    func read(_ keys: [MetricSeriesKey]) async throws(RunServiceError) -> SeriesAnswer {
        var answer = SeriesAnswer()
        var parts = [keys[...]]
        var questions = 0
        while let part = parts.popLast() {
            guard !part.isEmpty else { continue }
            questions += 1
            do throws(RunServiceError) {
                answer.series += try await service.metricSeries(for: Array(part), maxPoints: maxPoints)
            } catch {
                guard Self.isAboutKeys(error) else { throw error }
                if part.count == 1 || questions + parts.count + 2 > Self.mostQuestions {
                    for key in part { answer.refused[key] = error }
                } else {
                    let middle = part.startIndex + part.count / 2
                    parts += [part[middle...], part[..<middle]]
                }
            }
        }
        return answer
    }

    /// Whether fewer or other keys may have an answer.
    private static func isAboutKeys(_ error: RunServiceError) -> Bool {
        switch error.code {
        case .invalid, .notFound, .unsupported, .unexpectedResponse, .conflict, .immutable, .deleted: true
        case .unauthorized, .forbidden, .unavailable, .timedOut, .rateLimited, .cancelled, .storageFull: false
        }
    }
}
