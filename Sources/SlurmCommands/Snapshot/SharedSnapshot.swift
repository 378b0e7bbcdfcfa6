import FileAccess
package import RunModel
package import RunServices

/// What Slurm last said of all jobs, asked for once for all of this user's processes on this host.
///
/// The answer lies in a file of a private directory. Whoever finds it older than the interval asks Slurm and replaces it, under a
/// lock; all others go on with what is there. A question that failed is noted as well, and not repeated within the interval.
package actor SharedSnapshot {
    private let tool: SlurmTool
    private let owner: SlurmOwner
    private let place: SnapshotPlace?
    /// Milliseconds from one question to the next.
    package nonisolated let interval: Int64
    private let clock: @Sendable () -> Timestamp

    /// What was read from the file last, and when that was written.
    private var known: (stamp: FileStamp, snapshot: SlurmSnapshot)?
    /// Where no directory can be had, of this process alone.
    private var own: SnapshotAnswer?
    private var ownTrouble: SnapshotTrouble?
    private var renewal: Task<Void, Never>?

    /// The usual time between two questions, in milliseconds: what sites ask of those who poll.
    package static let usualInterval: Int64 = 30_000

    /// What `RUNWATCH_SLURM_INTERVAL` says, in seconds from 1 to 3600; else the usual one. In milliseconds.
    package static func interval(environment: [String: String]) -> Int64 {
        guard let text = environment["RUNWATCH_SLURM_INTERVAL"], let seconds = Double(text),
            (1...3_600).contains(seconds)
        else { return usualInterval }
        return Int64(seconds * 1_000)
    }

    /// - Parameters:
    ///   - directory: private to this user and this host; nil keeps the answer in this process.
    ///   - interval: milliseconds; at least a second.
    package init(
        _ tool: SlurmTool, of owner: SlurmOwner, in directory: String?, interval: Int64 = usualInterval,
        clock: @escaping @Sendable () -> Timestamp
    ) {
        self.tool = tool
        self.owner = owner
        self.interval = max(1_000, interval)
        self.clock = clock
        place = directory.map { SnapshotPlace(directory: $0, tool: tool, owner: owner) }
    }

    /// The newest answer there is. Waits for Slurm only where there is none yet; an old one is renewed meanwhile.
    ///
    /// Throws what Slurm said, where there never was an answer.
    package func latest() async throws(RunServiceError) -> SlurmSnapshot {
        let found = await look()
        if let snapshot = found.snapshot {
            if isDue(snapshot.takenAt, found.trouble) { renewInBackground() }
            return snapshot
        }
        if let trouble = found.trouble, !isDue(nil, trouble) { throw trouble.error }
        return try await newest()
    }

    /// An answer that is not older than the interval, or the reason why there is none in its `failure`; waits for Slurm.
    package func newest() async throws(RunServiceError) -> SlurmSnapshot {
        var found = await look()
        if isDue(found.snapshot?.takenAt, found.trouble) {
            renewInBackground()
            await renewal?.value
            found = await look()
        }
        if let snapshot = found.snapshot { return snapshot }
        throw found.trouble?.error
            ?? RunServiceError(.unavailable, "Slurm was not asked, since another process is about to; try again.")
    }

    /// Whether Slurm is to be asked now. A time in the future was written before the clock was set back.
    private func isDue(_ takenAt: Timestamp?, _ trouble: SnapshotTrouble?) -> Bool {
        let now = clock()
        let last = max(takenAt ?? .earliest, trouble?.at ?? .earliest)
        return last > now.advanced(byMilliseconds: 1_000) || now.milliseconds(since: last) >= interval
    }

    private func look() async -> (snapshot: SlurmSnapshot?, trouble: SnapshotTrouble?) {
        guard let place else { return (own.flatMap { try? $0.snapshot(ownTrouble) }, ownTrouble) }
        let before = known?.stamp
        let found = await BlockingCall.run { place.read(unlessStamped: before) }
        switch found.content {
        case .unchanged: break
        case .absent: known = nil
        case .answer(let answer, let stamp): known = (try? answer.snapshot(nil)).map { (stamp, $0) }
        }
        guard var snapshot = known?.snapshot else { return (nil, found.trouble) }
        if let trouble = found.trouble, trouble.at >= snapshot.takenAt { snapshot.failure = trouble.error }
        return (snapshot, found.trouble)
    }

    private func renewInBackground() {
        if renewal != nil { return }
        renewal = Task { [weak self] in
            await self?.renew()
            await self?.endRenewal()
        }
    }

    private func endRenewal() { renewal = nil }

    private func renew() async {
        guard let place else {
            let outcome = await ask()
            if let answer = outcome.answer { (own, ownTrouble) = (answer, nil) } else { ownTrouble = outcome.trouble }
            return
        }
        // Whoever is first asks; the others wait for it only where they have nothing to show.
        let patience = known == nil ? 20_000 : 100
        guard let lock = await BlockingCall.run({ place.lock(patience: patience) }) else { return }
        let found = await look()
        if isDue(found.snapshot?.takenAt, found.trouble) {
            let outcome = await ask()
            await BlockingCall.run { place.write(outcome.answer, outcome.trouble) }
        }
        lock.release()
    }

    private func ask() async -> (answer: SnapshotAnswer?, trouble: SnapshotTrouble?) {
        let (at, tool, owner) = (clock(), tool, owner)
        do throws(RunServiceError) {
            let answer = try await tool.listed { (listing) throws(RunServiceError) in
                let text = try await tool.printedJobs(of: owner, listing)
                let answer = SnapshotAnswer(takenAt: at, listing: listing, text: text)
                // What cannot be read is no answer to be kept.
                _ = try answer.snapshot(nil)
                return answer
            }
            return (answer, nil)
        } catch {
            return (nil, SnapshotTrouble(at: clock(), error: error))
        }
    }
}
