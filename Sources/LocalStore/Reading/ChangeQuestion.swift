import GRDB
import RunModel
import RunServices
import SQLiteStatements

/// One page of changes: first what changed since the position, then, with the room left, more of the full read.
struct ChangeQuestion {
    private(set) var position: ChangePosition
    /// The newest change in the store.
    let revision: Int64
    /// Runs whose supervisor is silent now though the store does not say so.
    var silentNow: [Int64] = []

    /// Whether room left on the page goes to the rest of the full read.
    var wantsRest = true

    private let isFirst: Bool
    private let limit: Int
    /// Restricts `runs` to the scope; its placeholder comes first.
    private let restriction: String
    private let scopeValues: [SQLValue]

    /// Throws `notFound` for an experiment that does not exist, and `invalid` for a position in another store.
    init(scope: RunScope, since position: ChangePosition?, limit: Int, _ db: Database) throws {
        guard
            let store = try db.first(
                "SELECT identity, revision FROM store", [],
                {
                    (identity: $0.text(0), revision: $0.integer(1))
                })
        else { throw ChangePosition.unusable }
        revision = store.revision
        self.limit = limit
        isFirst = position == nil
        if let position {
            guard position.identity == store.identity, position.seen <= store.revision else {
                throw ChangePosition.unusable
            }
            self.position = position
        } else {
            self.position = ChangePosition(
                identity: store.identity, scope: scope, seen: store.revision, backfill: store.revision)
        }
        switch scope {
        case .all: (restriction, scopeValues) = ("", [])
        case .experiment(let id):
            (restriction, scopeValues) = ("experiment_pk = ? AND ", [.integer(try db.key(of: id))])
        }
    }

    mutating func answer(_ db: Database) throws -> ChangeBatch {
        let before = isFirst ? 0 : position.seen
        var batch = ChangeBatch(cursor: position.cursor)
        var fresh = RunPage()
        if !isFirst { fresh = try readFresh(db) }
        batch.runs = fresh.runs
        // With more than a page of changes, tombstones and experiments wait too, so that they stay in order with the runs.
        batch.experiments = try db.experiments(changedAfter: before, upTo: position.seen)
        if !isFirst {
            batch.goneRuns = try gone("run", after: before, db).map { RunID($0) }
            batch.goneExperiments = try gone("experiment", after: before, db).map { ExperimentID($0) }
        }
        if wantsRest, fresh.runs.count < limit { batch.runs += try readWaiting(limit - fresh.runs.count, db).runs }
        try overlaySilence(on: &batch, db)
        batch.hasMore = position.backfill != nil || position.seen < revision
        batch.cursor = position.cursor
        return batch
    }

    /// Oldest change first, so that a page that is cut off leaves only newer ones for later.
    private mutating func readFresh(_ db: Database) throws -> RunPage {
        if position.seen == revision { return RunPage() }
        let page = try RunPage.read(
            RunPage.Selection(
                clause: "runs WHERE \(restriction)revision > ? AND deleted_at IS NULL ORDER BY revision LIMIT ?",
                values: scopeValues + [.integer(position.seen), .integer(Int64(limit))]),
            from: db)
        position.seen = page.runs.count == limit ? page.revisions.last ?? revision : revision
        return page
    }

    private mutating func readWaiting(_ room: Int, _ db: Database) throws -> RunPage {
        guard let backfill = position.backfill else { return RunPage() }
        let page = try RunPage.read(
            RunPage.Selection(
                clause: "runs WHERE \(restriction)revision <= ? AND deleted_at IS NULL ORDER BY revision DESC LIMIT ?",
                values: scopeValues + [.integer(backfill), .integer(Int64(room))]),
            from: db)
        position.backfill = page.runs.count == room ? page.revisions.last.flatMap { $0 == .min ? nil : $0 - 1 } : nil
        return page
    }

    private func gone(_ kind: String, after before: Int64, _ db: Database) throws -> [String] {
        var ids: [String] = []
        let values: [SQLValue] = [.integer(before), .integer(position.seen), .text(kind)]
        try db.forEachRow("SELECT id FROM tombstones WHERE revision > ? AND revision <= ? AND kind = ?", values) {
            ids.append($0.text(0))
            return true
        }
        return ids
    }

    /// Shows silent supervisors as NotResponding, and brings those runs in that fell silent or came back since.
    private mutating func overlaySilence(on batch: inout ChangeBatch, _ db: Database) throws {
        let turned = Set(silentNow).symmetricDifference(position.silent)
        if silentNow.isEmpty && turned.isEmpty { return }
        position.silent = silentNow
        if !turned.isEmpty {
            let delivered = Set(batch.runs.map(\.id))
            let page = try RunPage.read(.keys(turned.sorted()), from: db)
            batch.runs += page.runs.filter { run in
                if delivered.contains(run.id) { return false }
                if case .experiment(let id) = position.scope { return run.experimentID == id }
                return true
            }
        }
        let silent = try RunPage.read(.keys(silentNow), from: db).runs
        SilentRuns.overlay(Set(silent.map(\.id)), on: &batch.runs)
    }
}
