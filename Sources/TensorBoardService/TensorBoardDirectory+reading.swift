package import RunModel
package import RunServices

extension TensorBoardDirectory {
    /// One, of the log directory's name; its counts are those of all that was found.
    package func experiments() async throws(RunServiceError) -> [Experiment] {
        try await lookEverywhere()
        return try await withShelf { shelf throws(RunServiceError) in shelf.journal.allExperiments }
    }

    /// Without a filter and an order only the runs of the page are read.
    package func runs(_ query: RunQuery) async throws(RunServiceError) -> Page<Run> {
        let now = clock()
        switch query.subject {
        case .scope(let scope):
            try await requireExperiment(scope)
            var selection = try RunSelection(query, at: now)
            if query.limit <= 0 { return selection.page() }
            let isPlain = query.filter == nil && query.order ?? .standard == .standard
            if isPlain { try await lookEverywhere() } else { try await readEverything() }
            let latest = selection.latestStart
            let paths = try await withShelf { shelf throws(RunServiceError) in
                shelf.paths.filter { path in
                    latest.map { (shelf.runs[path]?.started.milliseconds ?? .max) <= $0 } ?? true
                }
            }
            for path in paths {
                if selection.isFull { break }
                for run in try await runs([path], isWhole: isPlain, at: now) { selection.offer(run) }
            }
            return selection.page()
        case .children(let id, let recursive):
            try await lookEverywhere()
            let below = try await withShelf { shelf throws(RunServiceError) in
                let path = LogShelf.path(of: id)
                guard shelf.runs[path] != nil else { throw Self.noRun(id) }
                return shelf.descendants(of: path, recursive: recursive)
            }
            return try query.page(of: await runs(below, isWhole: true, at: now), at: now)
        case .runs(let ids):
            try await lookEverywhere()
            return try query.page(of: await runs(ids.map(LogShelf.path), isWhole: true, at: now), at: now)
        }
    }

    /// No supervisor owns any of them.
    package func inspect(
        _ ids: [RunID], activeDescendants: Bool
    ) async throws(RunServiceError) -> [InspectedRun] {
        try await lookEverywhere()
        var known: Set<String> = []
        let asked = ids.map(LogShelf.path).filter { known.insert($0).inserted }
        let below = try await withShelf { shelf throws(RunServiceError) in
            activeDescendants ? asked.flatMap { shelf.descendants(of: $0, recursive: true) } : []
        }
        let now = clock()
        var found = try await runs(asked, isWhole: true, at: now)
        found += try await runs(below.filter { known.insert($0).inserted }, isWhole: true, at: now)
            .filter { $0.status.isActive }
        return found.map { InspectedRun(run: $0, supervisor: nil) }
    }

    /// What could not be read of the run's files is among the remarks.
    package func details(of id: RunID) async throws(RunServiceError) -> RunDetails {
        try await lookEverywhere()
        let (now, path) = (clock(), LogShelf.path(of: id))
        try await finish(path)
        return try await withShelf { shelf throws(RunServiceError) in
            guard let run = shelf.run(of: path, at: now), let logged = shelf.runs[path] else { throw Self.noRun(id) }
            var details = RunDetails(run: run)
            let remarks = logged.remarks
            if !remarks.isEmpty { details.remarks = remarks }
            return details
        }
    }

    /// Those that exist, in this order.
    private func runs(_ paths: [String], isWhole: Bool, at now: Timestamp) async throws(RunServiceError) -> [Run] {
        var found: [Run] = []
        for path in paths {
            if isWhole { try await finish(path) }
            if let run = try await withShelf({ shelf throws(RunServiceError) in shelf.run(of: path, at: now) }) {
                found.append(run)
            }
        }
        return found
    }

    private func requireExperiment(_ scope: RunScope) async throws(RunServiceError) {
        try await withShelf { shelf throws(RunServiceError) in try shelf.require(scope) }
    }

    static func noRun(_ id: RunID) -> RunServiceError {
        RunServiceError(
            .notFound, "No directory \(Shown.text(id.text)) with event files is there; its files may be gone.")
    }
}

extension LogShelf {
    /// Throws `notFound` for another experiment than the log directory.
    func require(_ scope: RunScope) throws(RunServiceError) {
        guard case .experiment(let id) = scope, id != experiment.id else { return }
        throw RunServiceError(
            .notFound, "There is no experiment \(Shown.text(id.text)) here; the log directory is the only one.")
    }
}
