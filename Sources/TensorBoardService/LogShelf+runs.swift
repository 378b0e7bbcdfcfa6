import RunModel
import RunServices

extension LogShelf {
    /// The nearest folder above that is a run too.
    func parent(of path: String) -> String? {
        var rest = path[...]
        while !rest.isEmpty {
            rest = rest.lastIndex(of: "/").map { rest[..<$0] } ?? ""
            let above = String(rest)
            if runs[above] != nil { return above }
        }
        return nil
    }

    /// Whether a folder is one that PyTorch's `add_hparams` makes below the run's own, named by the time.
    static func isMadeForParameters(_ path: String) -> Bool {
        let name = path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...]
        return name.utf8.count >= 10 && name.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2e }
    }

    /// The run of a folder as it is now; nil where there is none.
    func run(of path: String, at now: Timestamp) -> Run? {
        guard let logged = runs[path] else { return nil }
        let parent = parent(of: path)
        var run = logged.run(Self.id(of: path), in: experiment, named: name(of: path, below: parent), at: now)
        if let parent {
            run.parentID = Self.id(of: parent)
            var top = parent
            while let above = self.parent(of: top) { top = above }
            run.rootID = Self.id(of: top)
        }
        if run.params.isEmpty, let found = parametersBelow(path) { run.params = found }
        return run
    }

    /// The path from the parent on, or from the log directory on; its own name for the log directory itself.
    private func name(of path: String, below parent: String?) -> String {
        if path.isEmpty { return experiment.name }
        guard let parent, !parent.isEmpty else { return path }
        return String(path.dropFirst(parent.count + 1))
    }

    /// The folders of `add_hparams` below a run's own.
    func parameterFolders(of path: String) -> [String] {
        let names = tree.folders(in: path)
        // A log directory with thousands of runs has no such folder of its own.
        guard names.count <= 1_000 else { return [] }
        return names.filter(Self.isMadeForParameters).map { LogTree.join(path, $0) }
    }

    /// What the only folder of `add_hparams` says, for then it says it of the run above.
    private func parametersBelow(_ path: String) -> Params? {
        let found = parameterFolders(of: path).compactMap { runs[$0]?.summary.params }.filter { !$0.isEmpty }
        guard found.count == 1, let params = found.first else { return nil }
        return Params(params.map { ($0.key, $0.value) })
    }

    /// Runs below another one, parents before children, the longest started first among siblings.
    func descendants(of path: String, recursive: Bool) -> [String] {
        var children: [String: [String]] = [:]
        for child in runs.keys {
            if let parent = parent(of: child) { children[parent, default: []].append(child) }
        }
        func ordered(_ paths: [String]) -> [String] {
            paths.map { (path: $0, started: runs[$0]?.started ?? .earliest) }
                .sorted { ($0.started, $0.path) < ($1.started, $1.path) }.map(\.path)
        }
        var found = ordered(children[path] ?? [])
        guard recursive else { return found }
        var level = found
        while !level.isEmpty {
            level = level.flatMap { ordered(children[$0] ?? []) }
            found += level
        }
        return found
    }

    /// Newest start first.
    var paths: [String] {
        runs.map { (path: $0.key, position: Self.id(of: $0.key), started: $0.value.started) }.sorted {
            $0.started != $1.started ? $0.started > $1.started : $0.position < $1.position
        }.map(\.path)
    }
}
