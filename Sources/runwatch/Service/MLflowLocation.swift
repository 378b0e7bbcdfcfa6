import FileAccess
import Foundation
import Glibc
import HTTPTransport
import MLflowService
import MLflowStores
import RunModel
import RunServices

/// Where MLflow keeps runs, as one of its tracking URIs or a path says
/// (https://mlflow.org/docs/latest/self-hosting/architecture/backend-store/).
enum MLflowLocation: Sendable, Equatable {
    /// `http(s)://…` or `databricks[://PROFILE]`, as given: it may carry a password.
    case server(String)
    /// The absolute path of a database.
    case database(String)
    /// The absolute path of an `mlruns` directory.
    case files(String)

    /// What a URI names; nil for text that is none, which is a path then.
    ///
    /// Relative paths start in `directory`. Whether there is anything is for `open` to say. Throws `invalid` with what to
    /// write instead; no text of a URI that may hold a password is in that.
    init?(uri text: String, relativeTo directory: String) throws(RunServiceError) {
        if text == "databricks" {
            self = .server(text)
            return
        }
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let scheme = text[..<colon].lowercased()
        let rest = text[text.index(after: colon)...]
        guard rest.hasPrefix("//") || ["file", "http", "https"].contains(scheme) else { return nil }
        switch scheme {
        case "http", "https":
            _ = try HTTPAddress(text)
            self = .server(text)
        case "databricks": self = .server(text)
        case "file": self = .files(Self.join(directory, try Self.filePath(rest)))
        // A driver may follow: sqlite+pysqlite.
        case let scheme where scheme.prefix(while: { $0 != "+" }) == "sqlite":
            self = .database(Self.join(directory, try Self.databasePath(rest)))
        default: throw Self.unknown(scheme)
        }
    }

    /// What lies at an absolute path: a database, an `mlruns` directory, or a directory that holds one of them.
    ///
    /// Throws `notFound`, and `invalid` when there is something else.
    init(path: String) throws(RunServiceError) {
        guard let found = FileStamp(path, followingLinks: true) else {
            let reason = errno
            guard reason == ENOENT || reason == ENOTDIR else {
                errno = reason
                throw FilePlace.unreadable(path)
            }
            throw RunServiceError(.notFound, "There is nothing at \(FilePlace.name(path)); check the path.")
        }
        if !found.isDirectory {
            self = .database(path)
        } else if Self.isFileStore(path) || FileStamp(path + "/.trash")?.isDirectory == true {
            self = .files(path)
        } else if let held = Self.found(in: path).first {
            self = held
        } else if case .failure(let code) = FileAccess.names(in: path) {
            errno = code
            throw FilePlace.unreadable(path)
        } else {
            throw RunServiceError(
                .invalid, "\(FilePlace.name(path)) holds no runs: there is no `mlflow.db` and no `mlruns` in it.")
        }
    }

    /// What MLflow would find in a directory without being told: `mlflow.db`, and `mlruns` with an experiment in it.
    ///
    /// Beside an `mlflow.db` without such a directory there often is an `mlruns` too, with the artifacts of its runs.
    static func found(in directory: String) -> [MLflowLocation] {
        var all: [MLflowLocation] = []
        if FileStamp(directory + "/mlflow.db")?.isDirectory == false { all.append(.database(directory + "/mlflow.db")) }
        if isFileStore(directory + "/mlruns") { all.append(.files(directory + "/mlruns")) }
        return all
    }

    /// A `meta.yaml` below a folder named by a number, as `_has_existing_mlruns_data` of MLflow asks.
    private static func isFileStore(_ path: String) -> Bool {
        guard case .success(let names) = FileAccess.names(in: path) else { return false }
        return names.contains { name in
            name.utf8.allSatisfy { (0x30...0x39).contains($0) } && FileStamp(path + "/\(name)/meta.yaml") != nil
        }
    }

    /// What follows `file:`, percent-decoded.
    private static func filePath(_ rest: Substring) throws(RunServiceError) -> String {
        var path = rest
        if rest.hasPrefix("//") {
            let host = rest.dropFirst(2).prefix { $0 != "/" }
            guard host.isEmpty || host == "localhost" else {
                throw RunServiceError(
                    .invalid, "A file:// address with a host can't be opened; write file:///PATH, or just the path.")
            }
            path = rest.dropFirst(2 + host.count)
        }
        guard let decoded = path.removingPercentEncoding, !decoded.isEmpty else {
            throw RunServiceError(.invalid, "This file: address names no directory; write file:///PATH.")
        }
        return decoded
    }

    /// What follows `sqlite:`, as SQLAlchemy reads it: a host that must be empty, `/`, the path, perhaps a query.
    private static func databasePath(_ rest: Substring) throws(RunServiceError) -> String {
        let path = rest.dropFirst(3).prefix { $0 != "?" }
        guard rest.hasPrefix("///"), let decoded = path.removingPercentEncoding, !decoded.isEmpty,
            decoded != ":memory:"
        else {
            throw RunServiceError(
                .invalid, "This sqlite: address names no file; write sqlite:///RELATIVE or sqlite:////ABSOLUTE.")
        }
        return decoded
    }

    private static func unknown(_ scheme: String) -> RunServiceError {
        let name = Shown.text(scheme)
        switch scheme.prefix(while: { $0 != "+" }) {
        case "postgresql", "postgres", "mysql", "mariadb", "mssql", "oracle":
            return RunServiceError(
                .invalid,
                "Only a server can read \(name)://; start `mlflow server --backend-store-uri …` and give its address.")
        default:
            return RunServiceError(
                .invalid,
                "\(name): is no kind of run service; give http(s)://HOST, sqlite:///FILE, file:DIRECTORY or a path.")
        }
    }

    private static func join(_ directory: String, _ path: String) -> String {
        path.hasPrefix("/") ? path : directory + "/" + path
    }
}

extension MLflowLocation {
    /// For `MLFLOW_TRACKING_URI` of a command: the same place, whatever its current directory. May carry a password.
    var trackingURI: String {
        switch self {
        case .server(let uri): uri
        case .database(let path): MLflowDatabase.trackingURI(of: path)
        case .files(let path): MLflowFileStore.trackingURI(of: path)
        }
    }

    /// The place as a person is shown it, without credentials.
    var name: String {
        switch self {
        case .server(let uri): (try? HTTPAddress(uri).text) ?? Shown.text(uri)
        case .database(let path), .files(let path): FilePlace.name(path)
        }
    }

    /// Whether user or password stand in it, which belong into the environment.
    var hasCredentials: Bool {
        guard case .server(let uri) = self else { return false }
        return (try? HTTPAddress(uri).hasUserInfo) == true
    }

    /// The way to a server that is `runwatch serve`, which remains to be asked; nil for what is no server at all.
    func runwatchServer(
        readOnly: Bool, isPatient: Bool, environment: [String: String]
    ) throws(RunServiceError) -> RunwatchServer? {
        guard case .server(let uri) = self else { return nil }
        return try RunwatchServer(
            MLflowConnection(uri: uri, environment: environment), isReadOnly: readOnly,
            patience: isPatient ? MLflowServer.Settings.patient.patience : 0)
    }

    /// Opens the run service there. Nothing is sent to a server yet.
    /// - Parameter isPatient: slow answers are waited for, longer than a person at a screen would.
    func open(
        readOnly: Bool, isPatient: Bool = false, environment: [String: String],
        clock: @escaping @Sendable () -> Timestamp
    ) throws(RunServiceError) -> any SupervisedRunService {
        switch self {
        case .server(let uri):
            try MLflowServer(
                MLflowConnection(uri: uri, environment: environment), isReadOnly: readOnly,
                settings: isPatient ? .patient : MLflowServer.Settings(), clock: clock)
        case .database(let path): try MLflowDatabase(at: path, readOnly: readOnly, clock: clock)
        case .files(let path): try MLflowFileStore(at: path, readOnly: readOnly, clock: clock)
        }
    }
}
