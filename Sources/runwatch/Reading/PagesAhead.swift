import RunModel
import RunServices

/// Reads the pages of a listing ahead of whoever uses them, several at a time where the service can say where they begin.
///
/// What it says is a guess, since runs come and go meanwhile: a page that begins elsewhere than the one before it ended is
/// dropped and read anew.
final class PagesAhead {
    private let service: any RunReading
    private let question: RunQuery
    private var queue: [(start: PageToken?, page: Task<Page<Run>, any Error>)] = []
    /// Those that are not asked for yet, the next one last.
    private var planned: [PageToken] = []
    private var isAtEnd = false

    /// Pages read at a time, each on a connection of its own.
    private static let width = 3
    /// A plan goes no further, since making it takes time, too.
    private static let longestPlan = 100

    init(_ question: RunQuery, of service: any RunReading) {
        self.question = question
        self.service = service
        ask(nil)
    }

    deinit {
        for entry in queue { entry.page.cancel() }
    }

    /// Plans the pages after the first one; to be called before that one is taken.
    func plan() async throws {
        guard let planner = service as? any PagePlanning, case .scope(let scope) = question.subject,
            question.filter == nil, question.order == nil || question.order == .standard
        else { return }
        planned = try await planner.pageStarts(in: scope, pageSize: question.limit, limit: Self.longestPlan).reversed()
        fill()
    }

    /// Nil after the last one.
    func next() async throws -> [Run]? {
        if isAtEnd || queue.isEmpty { return nil }
        let page = try await queue.removeFirst().page.value
        if let next = page.next {
            if queue.first?.start != next {
                for entry in queue { entry.page.cancel() }
                queue.removeAll()
                planned.removeAll()
                ask(next)
            }
            fill()
        } else {
            isAtEnd = true
        }
        return page.items
    }

    private func fill() {
        while queue.count < Self.width, let start = planned.popLast() { ask(start) }
    }

    private func ask(_ start: PageToken?) {
        var question = question
        question.page = start
        let service = service
        queue.append((start, Task { try await service.runs(question) }))
    }
}
