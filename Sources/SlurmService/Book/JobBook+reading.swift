import RunModel
import RunServices
import SlurmCommands

extension JobBook {
    func page(_ query: RunQuery) throws(RunServiceError) -> Page<Run> {
        let now = now
        switch query.subject {
        case .scope(let scope):
            try check(scope)
            var selection = try RunSelection(query, at: now)
            for run in runs.values where scope.contains(run.experimentID) { selection.offer(run) }
            return selection.page()
        // An array has tasks, and tasks have none.
        case .children(let id, recursive: _):
            _ = try run(id)
            return try query.page(of: children(of: id), at: now)
        case .runs(let ids): return try query.page(of: ids.compactMap { runs[$0] }, at: now)
        }
    }

    /// The run, or the sentence that there is none.
    func run(_ id: RunID) throws(RunServiceError) -> Run {
        if let run = runs[id] { return run }
        throw RunServiceError(
            .notFound, "There is no job \(Shown.text(id.text)) here: Slurm does not list it, and its end was not seen.")
    }

    /// By their numbers.
    func children(of id: RunID) -> [Run] {
        guard let array = Int(id.text), let members = arrays[array] else { return [] }
        let tasks = members.compactMap { key -> (number: Int, run: Run)? in
            guard case .number(let number) = jobs[key]?.arrayTask, let run = runs[RunID(key)] else { return nil }
            return (number, run)
        }
        return tasks.sorted { $0.number < $1.number }.map(\.run)
    }

    /// The job behind a run; nil for an array as a whole.
    func job(_ id: RunID) -> SlurmJob? {
        guard let job = jobs[id.text] else { return nil }
        return job
    }

    /// The tasks of an array that wait together.
    func waiting(of id: RunID) -> [SlurmJob] {
        guard let array = Int(id.text), let members = arrays[array] else { return [] }
        return members.compactMap { jobs[$0] }.filter { if case .waiting = $0.arrayTask { true } else { false } }
    }

    /// The runs with these ids, and active tasks of them that are arrays.
    func inspected(_ ids: [RunID], activeDescendants: Bool) -> [InspectedRun] {
        var known: Set<RunID> = []
        let targets = ids.compactMap { known.insert($0).inserted ? runs[$0] : nil }
        let below = activeDescendants ? targets.flatMap { children(of: $0.id) } : []
        let active = below.filter { !$0.status.isTerminal && known.insert($0.id).inserted }
        return (targets + active).map { InspectedRun(run: $0, supervisor: nil) }
    }

    var experiments: [Experiment] { journal.allExperiments }
}
