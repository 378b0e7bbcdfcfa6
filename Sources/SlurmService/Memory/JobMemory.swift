import FileAccess
import Glibc
import RunModel
import RunServices
import SlurmCommands

/// The jobs that are over, kept for longer than Slurm does: a file that all of this user's processes append to.
///
/// Reading and writing block; `JobBook` does both off the threads that all share.
final class JobMemory: Sendable {
    private let directory: String
    private var path: String { directory + "/jobs" }

    /// Jobs that are kept; when twice as many are in the file, it is written anew.
    static let limit = 10_000
    /// Milliseconds after which a job is dropped: 90 days.
    private static let longestLife: Int64 = 90 * 86_400_000
    private static let sizeLimit = 64 << 20

    /// - Parameters:
    ///   - root: what `root(environment:)` gives.
    ///   - cluster: what tells one cluster from others that share a home.
    ///   - owner: whose jobs are kept: a listing of one's own is not to show those of others later.
    init(root: String, cluster: String, owner: SlurmOwner) {
        let whose =
            switch owner {
            case .me: "user " + SlurmTool.userName
            case .user(let name): "user " + name
            case .all: "all"
            }
        directory = root + "/" + StableHash(cluster + "\n" + whose).digits
    }

    /// `$XDG_STATE_HOME/runwatch/slurm-jobs`, private to this user; nil where this user has no place for state.
    static func root(environment: [String: String]) -> String? {
        FileAccess.stateDirectory("slurm-jobs") { environment[$0] }
    }

    /// How far a reader has read.
    struct Place: Sendable {
        var stamp: FileStamp
        var offset: Int64
    }

    /// The jobs that were written after `place`; all when nil, or when the file was written anew. Those that are too old by now
    /// are passed over.
    func read(after place: Place?, at now: Timestamp) -> (jobs: [SlurmJob], place: Place?, isAnew: Bool) {
        let found = readAll(after: place)
        return (found.jobs.filter { Self.isKept($0, at: now) }, found.place, found.isAnew)
    }

    private static func isKept(_ job: SlurmJob, at now: Timestamp) -> Bool {
        guard let end = job.endsAt ?? job.submittedAt else { return true }
        return end > now.advanced(byMilliseconds: -longestLife)
    }

    private func readAll(after place: Place?) -> (jobs: [SlurmJob], place: Place?, isAnew: Bool) {
        guard let stamp = FileStamp(path), stamp.isFile else { return ([], nil, place != nil) }
        let goesOn = place.map { stamp.continues($0.stamp) && stamp.size >= $0.offset } ?? false
        let start = goesOn ? place?.offset ?? 0 : 0
        if goesOn && stamp.size == start { return ([], Place(stamp: stamp, offset: start), false) }
        guard let bytes = FileAccess.contents(path, from: start, limit: Self.sizeLimit),
            let end = bytes.lastIndex(of: UInt8(ascii: "\n"))
        else { return ([], place, false) }
        // What is behind the last line's end is being written.
        let jobs = bytes[..<end].split(separator: UInt8(ascii: "\n"))
            .compactMap { JobRecord.job(String(decoding: $0, as: UTF8.self)) }
        return (jobs, Place(stamp: stamp, offset: start + Int64(end) + 1), !goesOn)
    }

    /// Writes down jobs that are over, unless another process did meanwhile. What cannot be written is not remembered.
    func add(_ jobs: [SlurmJob], knownUpTo place: Place?, at now: Timestamp) {
        FileAccess.makePrivateDirectory(directory)
        guard let lock = try? DirectoryLock(directory, patience: 2_000) else { return }
        defer { lock.release() }
        let meanwhile = Set(readAll(after: place).jobs.map(Self.identity))
        let news = jobs.filter { !meanwhile.contains(Self.identity($0)) }
        if news.isEmpty { return }
        let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        defer { close(file) }
        // A line that a full disk cut off is ended first.
        let size = FileStamp(of: file)?.size ?? 0
        let isCut = size > 0 && FileAccess.contents(path, from: size - 1, limit: 1) != [UInt8(ascii: "\n")]
        let text = (isCut ? "\n" : "") + news.map { JobRecord.line($0) + "\n" }.joined()
        guard FileAccess.write(Array(text.utf8), to: file) else { return }
        if size > 1 << 20 { compact(at: now) }
    }

    /// What tells one end of a job from others: a requeued one ends again, and numbers come again after years.
    static func identity(_ job: SlurmJob) -> String {
        "\(memoryKey(job)) \(job.state.word) \(job.submittedAt?.milliseconds ?? 0) \(job.endsAt?.milliseconds ?? 0)"
    }

    /// Waiting tasks that were cancelled together have no number of their own.
    static func memoryKey(_ job: SlurmJob) -> String {
        if case .waiting(let tasks) = job.arrayTask { return "\(job.key)_[\(tasks)]" }
        return job.key
    }

    /// Writes the file anew with the newest jobs, under the lock that `add` has.
    private func compact(at now: Timestamp) {
        let all = readAll(after: nil).jobs
        guard all.count > 2 * Self.limit else { return }
        var latest: [String: Int] = [:]
        for (index, job) in all.enumerated() {
            let key = Self.memoryKey(job)
            if let before = latest[key], job.isForgotten, all[before].isEnd(of: job) { continue }
            latest[key] = index
        }
        let kept = latest.values.sorted().map { all[$0] }.filter { Self.isKept($0, at: now) }.suffix(Self.limit)
        FileAccess.replacePrivately(path, with: Array(kept.map { JobRecord.line($0) + "\n" }.joined().utf8))
    }
}
