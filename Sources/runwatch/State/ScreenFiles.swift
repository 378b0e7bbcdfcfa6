import DashboardCore
import DashboardRuntime
import Dispatch
import FileAccess
import Glibc
import RunModel
import RunServices
import UserConfiguration

/// One small file for each run service, in `$XDG_STATE_HOME/runwatch/screens`, with how its screen was left.
///
/// Several dashboards may write the same file: each writes a file of its own and gives it the name, so that it is whole
/// at all times and the last one counts.
@MainActor
final class ScreenFiles: ScreenKeeping {
    private let directory: String
    private let isFresh: Bool
    /// What the command line or the environment chose goes before what is kept.
    private let (hasSort, hasColumns): (Bool, Bool)
    private let queue = DispatchQueue(label: "screens")
    /// What was written last, by file.
    private var written: [String: String] = [:]

    /// Files of services that nobody opened for longest go when there are more.
    private nonisolated static let mostFiles = 200
    /// Milliseconds for a disk that hangs when the dashboard ends.
    private static let patience = 1_000

    /// Nil where this user has no place for state.
    ///
    /// - Parameter isFresh: nothing is recalled.
    init?(environment: [String: String], isFresh: Bool, settings: ScreenSettings) {
        guard let directory = FileAccess.stateDirectory("screens", variable: { environment[$0] }) else { return nil }
        self.directory = directory
        self.isFresh = isFresh
        hasSort = settings.sort.source.isOfThisCall
        hasColumns = settings.columns.source.isOfThisCall
    }

    func recall(_ service: ServiceDescription) -> (memory: ScreenMemory?, complaint: String?) {
        let path = path(of: service)
        guard !isFresh, let stamp = FileStamp(path) else { return (nil, nil) }
        var info = stat()
        guard stamp.isFile, stamp.size <= ScreenMemory.longest, lstat(path, &info) == 0, info.st_uid == geteuid(),
            let bytes = FileAccess.contents(path, limit: ScreenMemory.longest),
            let text = String(validating: bytes, as: UTF8.self)
        else { return (nil, complaint(path)) }
        do throws(ScreenMemory.Problem) {
            var memory = try ScreenMemory(text, of: service)
            written[path] = text
            if hasSort { memory.sort = nil }
            if hasColumns { memory.columns = nil }
            return (memory, nil)
        } catch {
            return (nil, complaint(path))
        }
    }

    private func complaint(_ path: String) -> String {
        "How this screen was left cannot be read from \(Shown.path(path)); it begins anew and replaces that."
    }

    func keep(_ memory: ScreenMemory, of service: ServiceDescription) {
        let path = path(of: service)
        let text = memory.text(of: service)
        guard text != written[path], text.utf8.count <= ScreenMemory.longest else { return }
        written[path] = text
        let directory = directory
        queue.async { Self.write(text, to: path, in: directory) }
    }

    func finish() {
        let done = DispatchSemaphore(value: 0)
        queue.async { done.signal() }
        _ = done.wait(timeout: .now() + .milliseconds(Self.patience))
    }

    /// Named by what tells the service from others.
    private func path(of service: ServiceDescription) -> String {
        directory + "/" + StableHash(service.kind + "\n" + service.location).digits
    }

    /// What cannot be written is not kept: a full disk must not disturb anybody who watches runs.
    private nonisolated static func write(_ text: String, to path: String, in directory: String) {
        FileAccess.makePrivateDirectory(directory)
        let isNew = FileStamp(path) == nil
        if FileAccess.replacePrivately(path, with: Array(text.utf8)), isNew { removeOldest(in: directory) }
    }

    private nonisolated static func removeOldest(in directory: String) {
        guard case .success(let names) = FileAccess.names(in: directory), names.count > mostFiles else { return }
        let ages = names.map { (path: directory + "/" + $0, time: FileStamp(directory + "/" + $0)?.milliseconds ?? 0) }
        for (path, _) in ages.sorted(by: { $0.time < $1.time }).prefix(names.count - mostFiles) { unlink(path) }
    }
}

extension SettingSource {
    /// Whether it was said to this one program.
    fileprivate var isOfThisCall: Bool {
        switch self {
        case .option, .variable: true
        case .file, .standard: false
        }
    }
}
