import Algorithms
package import RunModel

extension ChangeJournal {
    /// The runs that changed last, newest first.
    package func recent(_ count: Int) -> [RunID] {
        var found: [RunID] = []
        for line in lines.reversed() {
            if found.count >= count { break }
            if let id = run(of: line, in: .all) { found.append(id) }
        }
        return found
    }

    /// The runs of `scope` that changed after `version`, oldest change first, and how far they reach.
    ///
    /// A page of `limit` runs that is cut off leaves only newer changes for later.
    package func changed(
        after version: Int64, in scope: RunScope, limit: Int = .max
    ) -> (ids: [RunID], reached: Int64) {
        var ids: [RunID] = []
        for line in lines[firstLine(after: version)...] {
            guard let id = run(of: line, in: scope) else { continue }
            ids.append(id)
            if ids.count == limit { return (ids, line.version) }
        }
        return (ids, self.version)
    }

    /// The runs of `scope` whose last change was no later than `version`, newest first: what is left of a full read.
    /// Then the version from which on more of them are left; nil when none are.
    package func unchanged(
        since version: Int64, in scope: RunScope, limit: Int
    ) -> (ids: [RunID], rest: Int64?) {
        var ids: [RunID] = []
        for line in lines[..<firstLine(after: version)].reversed() {
            guard let id = run(of: line, in: scope) else { continue }
            if ids.count == limit { return (ids, line.version) }
            ids.append(id)
        }
        return (ids, nil)
    }

    /// What changed after `version`, up to `reached`, apart from the runs that are there.
    package func rest(
        after version: Int64, upTo reached: Int64, in scope: RunScope, cursor: ChangeCursor
    ) -> ChangeBatch {
        var batch = ChangeBatch(cursor: cursor)
        for line in lines[firstLine(after: version)..<firstLine(after: reached)] where isLatest(line) {
            switch line.subject {
            case .run(let id):
                if let gone = gone[line.subject], scope.contains(gone.experiment) { batch.goneRuns.append(id) }
            case .experiment(let id):
                if let experiment = experiments[id] {
                    batch.experiments.append(experiment)
                } else {
                    batch.goneExperiments.append(id)
                }
            }
        }
        batch.experiments.sort { ($0.name, $0.id) < ($1.name, $1.id) }
        return batch
    }

    /// All experiments, by name.
    package var allExperiments: [Experiment] { experiments.values.sorted { ($0.name, $0.id) < ($1.name, $1.id) } }

    /// The run that a line tells of, where it is in `scope` and has not changed again.
    private func run(of line: Line, in scope: RunScope) -> RunID? {
        guard case .run(let id) = line.subject, let entry = runs[id], entry.version == line.version,
            scope.contains(entry.experiment)
        else { return nil }
        return id
    }

    private func firstLine(after version: Int64) -> Int { lines.partitioningIndex { $0.version > version } }
}
