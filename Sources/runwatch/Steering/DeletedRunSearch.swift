import JMESPath
import LocalStore
import RunModel
import RunReports
import RunServices

/// Finds deleted runs, which nothing else lists.
struct DeletedRunSearch {
    let service: any SupervisedRunService

    /// All of them. A service that tells no end of them is not asked for ever.
    func all() async throws(RunServiceError) -> [DeletedRun] {
        var found: [DeletedRun] = []
        var next: PageToken?
        var seen: Set<PageToken> = []
        repeat {
            let page = try await service.deletedRuns(after: next)
            found += page.items
            next = page.next.flatMap { seen.insert($0).inserted ? $0 : nil }
        } while next != nil
        return found
    }

    /// The runs that names lead to, each once: an id, or the beginning of one that no other deleted run's has. A name that
    /// leads to none counts as a failure.
    static func named(_ names: [String], in all: [DeletedRun], _ tally: inout Tally) -> [DeletedRun] {
        var found: [DeletedRun] = []
        for name in names {
            let exact = all.filter { $0.id.text == name }
            let candidates = exact.isEmpty ? all.filter { !name.isEmpty && $0.id.text.hasPrefix(name) } : exact
            if candidates.count == 1 {
                if !found.contains(candidates[0]) { found.append(candidates[0]) }
            } else if candidates.isEmpty {
                tally.fail(
                    RunServiceError(
                        .notFound,
                        "There is no deleted run \(Shown.text(name)); `runwatch restore --list` shows them."), of: name)
            } else {
                tally.fail(
                    ConsoleError(
                        "“\(Shown.text(name))” begins the ids of \(candidates.count) deleted runs; give more of it.",
                        .usage, code: "ambiguous"), of: name)
            }
        }
        return found
    }

    /// A list of documents.
    static func value(of runs: [DeletedRun]) -> JSONValue {
        JSONTree.value { tree in
            tree.beginArray()
            for run in runs {
                tree.beginObject()
                tree.member("runId", run.id.text)
                tree.member("experimentName", run.experimentName)
                tree.member("displayName", run.name)
                tree.member("deletedUtc", run.deletedAt)
                tree.endObject()
            }
            tree.endArray()
        }
    }
}
