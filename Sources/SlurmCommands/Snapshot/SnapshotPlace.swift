import FileAccess
import Glibc
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
        self.directory = directory + "/" + Self.digest(of: tool.configuration + "\n" + whose)
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
        var path = ""
        for name in directory.split(separator: "/") {
            path += "/" + name
            mkdir(path, 0o700)
        }
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
        let draft = "\(directory)/\(name).\(getpid())"
        unlink(draft)
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        let isWhole = FileAccess.write(Array(text.utf8), to: file)
        close(file)
        if !isWhole || rename(draft, directory + "/" + name) != 0 { unlink(draft) }
    }

    /// What others could write is not believed.
    private var isPrivate: Bool {
        var info = stat()
        return lstat(directory, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR && info.st_uid == geteuid()
            && info.st_mode & 0o077 == 0
    }

    /// FNV-1a: a name without anything that a path could not hold.
    private static func digest(of text: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }
}

extension SharedSnapshot {
    /// `$XDG_RUNTIME_DIR/runwatch/slurm`, which is this host's; else below `$XDG_STATE_HOME` in a folder named after the
    /// host, since homes are shared among hosts. Nil where this user has no place.
    package static func directory(environment: [String: String], host: String) -> String? {
        func absolute(_ name: String) -> String? { environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil } }
        if let runtime = absolute("XDG_RUNTIME_DIR"), FileAccess.isDirectory(runtime) {
            return runtime + "/runwatch/slurm"
        }
        guard let state = absolute("XDG_STATE_HOME") ?? absolute("HOME").map({ $0 + "/.local/state" }) else {
            return nil
        }
        let name = host.isEmpty || host.contains("/") || host.hasPrefix(".") ? "localhost" : host
        return state + "/runwatch/slurm/" + name
    }
}
