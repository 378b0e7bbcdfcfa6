import AzureMLMeaning
import AzureMLWire
import RemotePolling
import RunModel
package import RunServices
import Synchronization

/// What a workspace's experiments are, and which of them come and go.
extension AzureMLWorkspace {
    /// Every experiment that the workspace lists becomes known, and what it lists no more is gone.
    package func refreshExperiments() async throws(RunServiceError) {
        let list = try await api.experiments()
        let now = clock()
        replica.withLock {
            $0.takeExperiments(list.map(Experiment.init))
            $0.experimentsListed = now
        }
    }

    /// Looks at the next page of experiments, as many as `bytes` allow; those that a whole round does not meet are gone.
    func walkExperiments(bytes: Int) async throws(RunServiceError) {
        // 300 bytes an experiment.
        let count = min(max(10, bytes / 300), 500)
        var pages = replica.withLock { $0.experimentPages } ?? api.pages(of: "experiments")
        let page: PaginatedDto<ExperimentDto>
        do throws(RunServiceError) {
            page = try await api.experimentPage(after: pages.token, count: count)
            try pages.turn(to: page.continuationToken, items: page.value.count)
        } catch {
            // A page that is not known any more, or no end of them: the next round begins with the first.
            if error.code == .invalid || error.code == .unexpectedResponse {
                replica.withLock { ($0.experimentPages, $0.experimentsMet) = (nil, []) }
            }
            throw error
        }
        let unmet: [ExperimentID] = replica.withLock { replica in
            for dto in page.value where dto.archivedTime == nil {
                replica.take(Experiment(dto))
                replica.experimentsMet.insert(ExperimentID(dto.experimentId))
            }
            replica.experimentPages = pages.hasMore ? pages : nil
            if pages.hasMore { return [] }
            defer { replica.experimentsMet = [] }
            return replica.experiments.keys.filter { !replica.experimentsMet.contains($0) }.sorted()
        }
        // Pages shift when an experiment before them goes, so one listing decides where any was missed.
        if !unmet.isEmpty { try await refreshExperiments() }
    }

    /// Reads the runs of experiments that came later than the others.
    func readNewExperiments() async throws(RunServiceError) {
        for id in replica.withLock({ $0.unreadExperiments.sorted() }) {
            try await api.forEachPage(in: id, count: settings.listPage) { dtos throws(RunServiceError) in
                try await take(dtos)
                note(dtos, in: id)
            }
            replica.withLock { _ = $0.unreadExperiments.remove(id) }
        }
    }

    /// Remembers how far in time the answers about an experiment reach.
    func note(_ dtos: [RunDto], in id: ExperimentID) {
        let times = dtos.map { ($0.createdUtc?.milliseconds, $0.endTimeUtc?.milliseconds) }
        replica.withLock { $0.note(times.map { (start: $0.0, end: $0.1) }, in: .experiment(id)) }
    }

    /// Newest first. Throws `notFound` for an experiment that is not known.
    func experimentIDs(of scope: RunScope) throws(RunServiceError) -> [ExperimentID] {
        let known = replica.withLock { $0.experiments }
        switch scope {
        case .all:
            return known.values.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }.map(\.id)
        case .experiment(let id):
            if known[id] != nil { return [id] }
            throw RunServiceError(
                .notFound,
                "There is no experiment \(Shown.text(id.text)) in this workspace; it may have been archived.")
        }
    }
}

extension Experiment {
    init(_ dto: ExperimentDto) {
        self.init(
            id: ExperimentID(dto.experimentId), name: dto.name,
            createdAt: dto.createdUtc.map(AzureMoment.timestamp) ?? Timestamp(milliseconds: 0))
    }
}
