package import RunModel
package import RunServices

/// A run service that finds changes by asking for them, and keeps what it was told in a replica.
///
/// What to ask is each adapter's own; when, and what becomes of the answers, is the same for all and stands here.
package protocol PollingAdapter: ChangeFollowing, RunReading {
    /// What time it is.
    var clock: @Sendable () -> Timestamp { get }
    /// Requests and bytes so far.
    var traffic: RequestMeter { get }
    /// Whether everything is looked at on every tick.
    var isEager: Bool { get }
    /// Runs in one page of a long listing.
    var listPage: Int { get }

    /// Works on what is known, alone.
    func withReplica<Value: Sendable, Failure: Error>(
        _ body: (inout RunReplica) throws(Failure) -> Value
    ) throws(Failure) -> Value

    /// The pages of a listing of runs, from a place on.
    func runPages(after token: String?, _ progress: Pages.Progress) -> Pages

    /// Every experiment that the service lists becomes known, and what it lists no more is gone.
    func refreshExperiments() async throws(RunServiceError)

    /// One page of the full read, of about `count` runs, and what changed meanwhile.
    func load(
        _ scope: RunScope, since version: Int64?, _ pages: Pages, count: Int
    ) async throws(RunServiceError) -> ChangeBatch

    /// Asks what can have changed.
    func tick(_ scope: RunScope) async throws(RunServiceError)

    /// How soon what changes is seen.
    func pace(of scope: RunScope) -> PollPace
}

/// Milliseconds: an experiment that is younger may be missed by a question about all of them.
private let listingAge: Int64 = 2_000

extension PollingAdapter {
    /// Measures what the poll cost; requests made at the same time for other calls count too.
    package func changes(
        in scope: RunScope, since cursor: ChangeCursor?, pageSize: Int
    ) async throws(RunServiceError) -> ChangeBatch {
        let before = traffic
        var batch = try await batch(in: scope, since: cursor, pageSize: pageSize)
        let after = traffic
        batch.cost = PollCost(
            requests: after.requests - before.requests, bytes: after.bytes - before.bytes, pace: pace(of: scope))
        return batch
    }

    private func batch(
        in scope: RunScope, since cursor: ChangeCursor?, pageSize: Int
    ) async throws(RunServiceError) -> ChangeBatch {
        let identity = withReplica { $0.identity }
        let size = min(max(1, pageSize), listPage)
        guard let cursor else {
            try await refreshExperiments()
            return try await load(scope, since: nil, runPages(after: nil, .init()), count: size)
        }
        let position = try ReplicaPosition(cursor, identity: identity, scope: scope)
        if pageSize > 0, let token = position.token {
            let pages = runPages(after: token, position.progress)
            return try await load(scope, since: position.version, pages, count: size)
        }
        try await tick(scope)
        return try withReplica { replica throws(RunServiceError) in
            try replica.batch(in: scope, since: position.version, position.token, position.progress)
        }
    }

    /// The counts are those of the runs read so far: such services count nothing themselves, so the first call reads all
    /// runs.
    package func experiments() async throws(RunServiceError) -> [Experiment] {
        try await refreshExperiments()
        let isLoaded = withReplica { $0.progress[.all]?.isLoaded ?? false }
        if isLoaded {
            try await tick(.all)
        } else {
            var cursor: ChangeCursor?
            while true {
                let batch = try await changes(in: .all, since: cursor, pageSize: listPage)
                cursor = batch.cursor
                if !batch.hasMore { break }
            }
        }
        return withReplica { $0.allExperiments }
    }

    /// Every experiment is known afterwards, unless it was made a moment ago: a command on a hundred runs asks once.
    package func knowExperiments() async throws(RunServiceError) {
        let now = clock()
        let isFresh = withReplica { replica in
            replica.experimentsListed.map { (0..<listingAge).contains(now.milliseconds(since: $0)) } ?? false
        }
        if !isFresh || isEager { try await refreshExperiments() }
    }
}
