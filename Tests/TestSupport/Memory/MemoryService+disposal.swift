package import RunModel
package import RunServices

extension MemoryService {
    package func deleteRun(_ id: RunID) async throws(RunServiceError) {
        try requireDeleting()
        let now = clock()
        try backend.access { content throws(RunServiceError) in
            if content.deleted[id] != nil { return }
            let entry = try content.entry(id)
            content.entries[id] = nil
            content.deleted[id] = (entry, now)
            content.count(entry.run, by: -1)
            content.departures[id] = content.revision
        }
    }

    package func restoreRun(_ id: RunID) async throws(RunServiceError) {
        try requireDeleting()
        try backend.access { content throws(RunServiceError) in
            guard var entry = content.deleted.removeValue(forKey: id)?.entry else {
                _ = try content.entry(id)
                return
            }
            content.departures[id] = nil
            content.count(entry.run, by: 1)
            entry.revision = content.revision
            content.entries[id] = entry
        }
    }

    package func deletedRuns(after next: PageToken?) async throws(RunServiceError) -> Page<DeletedRun> {
        try backend.access { content throws(RunServiceError) in
            let all = content.deleted.values.sorted { ($0.at, $0.entry.ordinal) < ($1.at, $1.entry.ordinal) }
            return Page(
                all.map { entry, time in
                    DeletedRun(
                        id: entry.run.id, name: entry.run.name, experimentName: entry.run.experimentName,
                        deletedAt: time)
                })
        }
    }

    package func purgeRun(_ id: RunID) async throws(RunServiceError) {
        try requirePurging()
        try backend.access { content throws(RunServiceError) in
            if content.deleted.removeValue(forKey: id) != nil { return }
            _ = try content.entry(id)
            throw RunServiceError(.conflict, "The run is not deleted; delete it first.")
        }
    }
}

extension MemoryBackend.Content {
    fileprivate mutating func count(_ run: Run, by number: Int) {
        revision += 1
        experiments[run.experimentID]?.counts.add(number, of: run.status)
        experimentRevisions[run.experimentID] = revision
    }
}
