import RunModel
import RunServices

/// A log directory as far as it is known: its folders, its runs and what changed in which order.
struct LogShelf {
    /// Bytes that are read of event files before others have their turn.
    static let budget: Int64 = 32 << 20

    private(set) var tree: LogTree
    private(set) var journal = ChangeJournal()
    /// By the path of their folder from the root on.
    private(set) var runs: [String: LoggedRun] = [:]
    /// The only one: all that lies in the log directory.
    let experiment: Experiment
    private var pool = TextPool()
    /// Runs with something that was not read.
    private var unread: Set<String> = []
    /// Runs that have said something lately.
    private var running: Set<String> = []
    private var turn: ArraySlice<String> = []
    /// Whether all folders were found once.
    private(set) var isKnown = false
    /// Runs that are looked at one by one in a look, beside those that run.
    private static let watchLimit = 1_000

    init(root: String) {
        tree = LogTree(root: root)
        let name = root.split(separator: "/").last.map(String.init) ?? "/"
        experiment = Experiment(id: ExperimentID(name), name: name, createdAt: Timestamp(milliseconds: 0))
        journal.note(experiment: experiment.id, named: name, createdAt: experiment.createdAt)
    }

    /// Whether looking again at once finds more.
    var isBusy: Bool { tree.isBusy || !unread.isEmpty }

    static func id(of path: String) -> RunID { RunID(path.isEmpty ? "." : path) }
    static func path(of id: RunID) -> String { id.text == "." ? "" : id.text }

    /// Looks for what came, went or grew, and reads some of it.
    /// - Parameter bytes: to be read at most.
    mutating func look(at now: Timestamp, reading bytes: Int64 = budget) throws(RunServiceError) {
        let lively = running
        try tree.look(lively: lively)
        takeTouched(at: now)
        watch(lively, at: now)
        var budget = bytes
        let order = unread.map { (path: $0, written: runs[$0]?.written ?? Timestamp.earliest) }
        for next in order.sorted(by: { $0.written > $1.written }) where budget > 0 { read(next.path, &budget, at: now) }
        isKnown = isKnown || !tree.isBusy
        // Time alone ends a run that says nothing.
        for path in lively where runs[path]?.isRead == true { settle(path, at: now) }
    }

    /// Reads on in one run and in what says its parameters; returns whether all of it was read.
    mutating func finish(_ path: String, at now: Timestamp) -> Bool {
        var budget = Self.budget
        let paths = [path] + parameterFolders(of: path)
        for path in paths where runs[path]?.watch() == true || unread.contains(path) {
            unread.insert(path)
            read(path, &budget, at: now)
        }
        return !paths.contains(where: unread.contains)
    }

    private mutating func takeTouched(at now: Timestamp) {
        var came: [(path: String, written: Timestamp)] = []
        for path in tree.takeTouched() {
            let files = tree.files(in: path)
            if files.isEmpty {
                guard runs.removeValue(forKey: path) != nil else { continue }
                unread.remove(path)
                running.remove(path)
                journal.remove(Self.id(of: path))
                touchBelow(path)
            } else {
                let isNew = runs[path] == nil
                runs[path, default: LoggedRun(path: tree.absolute(path))].setFiles(files)
                unread.insert(path)
                came.append((path, runs[path]?.written ?? Timestamp.earliest))
                if isNew { touchBelow(path) }
            }
        }
        // The journal gives out first what it noted last.
        for (path, _) in came.sorted(by: { ($0.written, $0.path) < ($1.written, $1.path) }) { note(path, at: now) }
    }

    /// Tells of the runs below a folder again, since they may have another parent now.
    private mutating func touchBelow(_ path: String) {
        var below = tree.folders(in: path).map { LogTree.join(path, $0) }
        while let next = below.popLast() {
            journal.touch(Self.id(of: next))
            below += tree.folders(in: next).map { LogTree.join(next, $0) }
        }
    }

    private mutating func watch(_ lively: Set<String>, at now: Timestamp) {
        if turn.isEmpty { turn = Array(runs.keys)[...] }
        let next = turn.prefix(Self.watchLimit)
        turn = turn.dropFirst(Self.watchLimit)
        for path in lively.union(next) where runs[path]?.watch() == true { unread.insert(path) }
    }

    private mutating func read(_ path: String, _ budget: inout Int64, at now: Timestamp) {
        guard var run = runs.removeValue(forKey: path) else { return _ = unread.remove(path) }
        let isChange = run.read(&budget, sharing: &pool)
        if run.isRead { unread.remove(path) }
        runs[path] = run
        if isChange { note(path, at: now) }
    }

    private mutating func note(_ path: String, at now: Timestamp) {
        guard let run = runs[path] else { return }
        let status = run.status(at: now)
        if status.isActive { running.insert(path) } else { running.remove(path) }
        journal.note(Self.id(of: path), in: experiment.id, status)
        // Its parameters may be shown as its parent's.
        if Self.isMadeForParameters(path), let parent = parent(of: path) { journal.touch(Self.id(of: parent)) }
    }

    private mutating func settle(_ path: String, at now: Timestamp) {
        let id = Self.id(of: path)
        guard let run = runs[path], let known = journal.runs[id], run.status(at: now) != known.status else { return }
        note(path, at: now)
    }
}
