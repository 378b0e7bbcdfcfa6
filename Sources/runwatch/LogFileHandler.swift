import Glibc
import Logging
import RunServices

/// Writes what the program notes of its own work to the file that `RUNWATCH_LOG` names; without it, nothing is written.
///
/// The screen never shows any of it. No secret is in it: those who note something leave values of queries and bodies out.
struct LogFileHandler: LogHandler {
    var metadata = Logger.Metadata()
    var metadataProvider: Logger.MetadataProvider?
    var logLevel = Logger.Level.debug
    private let label: String
    private let descriptor: Int32

    private init(label: String, descriptor: Int32) {
        self.label = label
        self.descriptor = descriptor
    }

    /// To be called once, before anything is noted; false, with errno set, when the file cannot be written.
    static func begin(_ path: String?) -> Bool {
        guard let path, !path.isEmpty else {
            LoggingSystem.bootstrap { _ in SwiftLogNoOpLogHandler() }
            return true
        }
        // Private, since ids of runs and addresses of servers are in it.
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return false }
        LoggingSystem.bootstrap { LogFileHandler(label: $0, descriptor: descriptor) }
        return true
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        // One write, so that lines of several processes do not mix.
        let line = "\(Self.time()) \(getpid()) \(event.level) \(label): \(Shown.lines("\(event.message)"))\n"
        _ = line.withCString { write(descriptor, $0, strlen($0)) }
    }

    /// UTC, as RFC 3339 writes it.
    private static func time() -> String {
        var (now, parts) = (time_t(), tm())
        Glibc.time(&now)
        gmtime_r(&now, &parts)
        var buffer = [CChar](repeating: 0, count: 32)
        let length = strftime(&buffer, buffer.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
        return String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
