import RunModel
import RunServices

extension AttentionTracker {
    /// A family is over when parent and children are: a parent that goes on may start more.
    mutating func judgeFamilies(_ notes: inout AttentionNotes, _ index: some RunIndex) {
        for id in notes.families.sorted() where activeChildren[id] == nil && !notes.unheard.contains(id) {
            guard let parent = index.run(id), parent.status.isTerminal else { continue }
            let counts = index.childCounts(of: id)
            guard counts.total > 1, counts.active == 0 else { continue }
            // One event ends a whole sweep.
            notes.notes.removeAll { $0.kind == .finished && $0.run.id == id }
            let told = RunStatus.known.filter { counts[$0] > 0 }.map { "\(counts[$0]) \($0.word.lowercased())" }
            notes.add(.lastChildEnded, parent, detail: told.joined(separator: ", "))
        }
    }

    /// What was noted, without what was announced before.
    mutating func tell(_ notes: AttentionNotes, _ index: some RunIndex) -> [RunEvent] {
        notes.notes.compactMap { note in
            let run = note.run
            let identity = RunEvent.identity(note.kind, of: run.id, note.part)
            guard announced.insert(identity) else { return nil }
            return RunEvent(
                id: RunEvent.text(ofIdentity: identity), kind: note.kind, at: notes.now, run: run.id, name: run.name,
                experimentID: run.experimentID, experimentName: run.experimentName, parentID: run.parentID,
                parentName: run.parentID.flatMap { index.run($0)?.name }, status: run.status,
                duration: run.duration(at: notes.now), best: note.best, detail: note.detail)
        }
    }
}
