import MLflowWire
import RemotePolling
import RunModel
package import RunServices
import Synchronization

/// What a server's experiments are, and which of them come and go.
extension MLflowServer {
    /// Every experiment that the server lists becomes known, and what it lists no more is gone.
    package func refreshExperiments() async throws(RunServiceError) {
        let list = try await api.experiments()
        let now = clock()
        replica.withLock {
            $0.takeExperiments(list)
            $0.experimentsListed = now
        }
    }

    /// Looks for new experiments; where the server does not take the question, the slow walk finds them.
    func askCreated() async throws(RunServiceError) {
        let last = replica.withLock { replica in
            replica.knowsCreationTimes
                ? replica.experiments.values.map(\.createdAt.milliseconds).max() ?? 0 : 0
        }
        if last <= 0 { return }
        do throws(RunServiceError) {
            let page = try await api.experimentPage(after: nil, count: 1_000, filter: "creation_time > \(last)")
            replica.withLock { replica in
                for experiment in page.experiments ?? [] { replica.take(Experiment(experiment)) }
            }
        } catch {
            guard error.code == .invalid else { throw error }
            replica.withLock { $0.knowsCreationTimes = false }
        }
    }

    /// Reads the runs of experiments that came later than the others.
    func readNewExperiments() async throws(RunServiceError) {
        for id in replica.withLock({ $0.unreadExperiments.sorted() }) {
            try await api.forEachPage(in: [id.text]) { runs throws(RunServiceError) in try await take(runs) }
            replica.withLock { _ = $0.unreadExperiments.remove(id) }
        }
    }

    /// Looks at the next experiments, as many as `bytes` allow; those that a whole round does not meet are gone.
    func walkExperiments(bytes: Int) async throws(RunServiceError) {
        // 450 bytes an experiment, as servers write them.
        let count = min(max(10, bytes / 450), 1_000)
        var pages = replica.withLock { $0.experimentPages } ?? api.pages(of: "experiments")
        let page: WireExperimentList
        do throws(RunServiceError) {
            page = try await api.experimentPage(after: pages.token, count: count)
            try pages.turn(to: page.nextPageToken, items: page.experiments?.count ?? 0)
        } catch {
            // A page that is not known any more, or no end of them: the next round begins with the first.
            if error.code == .invalid || error.code == .unexpectedResponse {
                replica.withLock { ($0.experimentPages, $0.experimentsMet) = (nil, []) }
            }
            throw error
        }
        let unmet: [ExperimentID] = replica.withLock { replica in
            for experiment in page.experiments ?? [] {
                replica.take(Experiment(experiment))
                replica.experimentsMet.insert(ExperimentID(experiment.experimentID))
            }
            replica.experimentPages = pages.hasMore ? pages : nil
            if pages.hasMore { return [] }
            defer { replica.experimentsMet = [] }
            return replica.experiments.keys.filter { !replica.experimentsMet.contains($0) }.sorted()
        }
        // Pages shift when an experiment before them goes, so each is asked about before it counts as gone.
        if unmet.count > Self.askedExperiments { return try await refreshExperiments() }
        for id in unmet { try await verifyExperiment(id) }
    }

    /// One by one while they are so few; else all are listed.
    private static let askedExperiments = 10

    private func verifyExperiment(_ id: ExperimentID) async throws(RunServiceError) {
        do throws(RunServiceError) {
            if try await api.experiment(id.text).lifecycleStage != "deleted" { return }
        } catch {
            guard error.code == .notFound || error.code == .forbidden else { throw error }
        }
        replica.withLock { $0.removeExperiment(id) }
    }

    /// Throws `notFound` for an experiment that is not known.
    func experimentIDs(of scope: RunScope) throws(RunServiceError) -> [String] {
        let known = replica.withLock { $0.experiments.keys.map(\.text).sorted() }
        switch scope {
        case .all: return known
        case .experiment(let id):
            if known.contains(id.text) { return [id.text] }
            throw RunServiceError(
                .notFound, "There is no experiment \(Shown.text(id.text)) on this server; it may have been deleted.")
        }
    }
}
