import FileAccess
import Glibc
import RunModel
import RunServices

/// The private directory in which one answer is shared: one for each configuration of Slurm and each owner of jobs.
struct SnapshotPlace: Sendable {
    private let directory: String

    /// Bytes: what `squeue` may say, and the first line.
    private static let limit = 33 << 20

    init(directory: String, tool: SlurmTool, owner: SlurmOwner) {
        let whose =
            switch owner {
            case .me: "me"
            case .all: "all"
            case .user(let name): "user \(name)"
            }
        self.directory = directory + "/" + StableHash(tool.configuration + "\n" + whose).digits
    }

    enum Content {
        case absent
        case unchanged
        case answer(SnapshotAnswer, FileStamp)
    }

    func read(unlessStamped before: FileStamp?) -> (content: Content, trouble: SnapshotTrouble?) {
        guard isPrivate else { return (.absent, nil) }
        let trouble = FileAccess.contents(directory + "/trouble", limit: 16_384)
            .flatMap { SnapshotTrouble(fileText: String(decoding: $0, as: UTF8.self)) }
        let path = directory + "/jobs"
        guard let stamp = FileStamp(path), stamp.isFile else { return (.absent, trouble) }
        if stamp == before { return (.unchanged, trouble) }
        guard let bytes = FileAccess.contents(path, limit: Self.limit),
            let answer = SnapshotAnswer(fileText: String(decoding: bytes, as: UTF8.self))
        else { return (.absent, trouble) }
        return (.answer(answer, stamp), trouble)
    }

    /// Nil while another process has it for longer than `patience` milliseconds, and asks Slurm.
    func lock(patience: Int) -> DirectoryLock? {
        FileAccess.makePrivateDirectory(directory)
        return try? DirectoryLock(directory, patience: patience)
    }

    /// Each file is whole at all times. What cannot be written is not shared.
    func write(_ answer: SnapshotAnswer?, _ trouble: SnapshotTrouble?) {
        guard isPrivate else { return }
        if let answer {
            replace("jobs", answer.fileText)
            unlink(directory + "/trouble")
        }
        if let trouble { replace("trouble", trouble.fileText) }
    }

    private func replace(_ name: String, _ text: String) {
        FileAccess.replacePrivately("\(directory)/\(name)", with: Array(text.utf8))
    }

    /// What others could write is not believed.
    private var isPrivate: Bool {
        var info = stat()
        return lstat(directory, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR && info.st_uid == geteuid()
            && info.st_mode & 0o077 == 0
    }
}

extension SharedSnapshot {
    /// `$XDG_RUNTIME_DIR/runwatch/slurm`, which is this host's; else below `$XDG_STATE_HOME` in a folder named after the
    /// host, since homes are shared among hosts. Nil where this user has no place.
    package static func directory(environment: [String: String], host: String) -> String? {
        if let runtime = environment["XDG_RUNTIME_DIR"], runtime.hasPrefix("/"), FileAccess.isDirectory(runtime) {
            return runtime + "/runwatch/slurm"
        }
        let name = host.isEmpty || host.contains("/") || host.hasPrefix(".") ? "localhost" : host
        return FileAccess.stateDirectory("slurm/" + name) { environment[$0] }
    }
}
