import Dispatch
import FileAccess
import Glibc
import HTTPTransport
import LocalStore
import MLflowService
import RunModel
import RunServices
import SQLiteStatements

/// Looks at one run service: where it is, whether it answers, and what is under it.
struct ServiceExaminer {
    let location: ServiceLocation
    private(set) var findings: [Finding] = []
    /// The first that keeps it from being used.
    private(set) var fault: RunServiceError?

    /// Seconds that each look may take.
    private static let patience = 10

    init(_ location: ServiceLocation) { self.location = location }

    mutating func examine() async {
        note("service", "\(location.description.kind) \(location.name)")
        note("chosen by", location.reason)
        if let line = location.readOnlySince { note("read-only", "since \(line)") }
        switch location.place {
        case .embedded(let directory): await examineStore(directory)
        case .mlflow(.database(let path)): await examineDatabase(path)
        case .mlflow(.files(let path)): examineFiles(path)
        case .mlflow(.server(let uri)): await examineServer(uri)
        case .azureML: break
        case .tensorBoard: note("writable", "no, TensorBoard's event files are looked at only")
        case .slurm(let address):
            let found = await SlurmExamination(of: address)
            findings += found.findings
            if let fault = found.fault { fail(fault) }
        }
        if fault == nil { await read() }
    }

    private mutating func note(_ name: String, _ value: String, problem: String? = nil) {
        findings.append(Finding(.service, name, value, problem: problem))
    }

    private mutating func fail(_ error: RunServiceError) {
        fault = fault ?? error
        note("reachable", "no", problem: error.message + (error.underlying.map { " (\(Shown.text($0)))" } ?? ""))
    }

    // MARK: - An embedded store

    private mutating func examineStore(_ directory: String) async {
        let path = directory + "/runs.db"
        guard FileStamp(path, followingLinks: true) != nil || FileStamp(directory, followingLinks: true) == nil else {
            noteFreeSpace(directory)
            return note("store", "empty, made by the first `runwatch exec`")
        }
        guard let stamp = FileStamp(directory, followingLinks: true) else {
            noteFreeSpace(directory)
            return note("store", "not there yet, made by the first `runwatch exec`")
        }
        if stamp.permissions & 0o022 != 0 {
            note(
                "permissions", String(stamp.permissions, radix: 8),
                problem: "others may write to \(Shown.path(directory)); chmod 700 it unless they shall.")
        }
        noteSize(path)
        noteFreeSpace(directory)
        guard let found = await examination(of: path) else { return }
        note("schema", "\(found.userVersion); this version of runwatch writes \(LocalStore.schemaVersion)")
        note(found)
    }

    // MARK: - MLflow's stores

    private mutating func examineDatabase(_ path: String) async {
        noteSize(path)
        noteFreeSpace(path)
        guard let found = await examination(of: path) else { return }
        note("schema", "alembic \(found.alembicVersion.map { Shown.text($0) } ?? "none")")
        note(found)
    }

    private mutating func examineFiles(_ path: String) {
        noteFreeSpace(path)
        note("writable", access(path, W_OK) == 0 ? "yes" : "no, so runs can be looked at only")
    }

    private mutating func examination(of path: String) async -> DatabaseExamination? {
        let seconds = Self.patience
        // On a thread of its own: a disk that hangs must not hang the rest.
        let result = await Deadline.wait(seconds: seconds + 5) { () -> Result<DatabaseExamination, any Error> in
            Result { try DatabaseExamination(path: path, seconds: seconds) }
        }
        switch result {
        case .success(let found)?: return found
        case .failure(let error)?:
            note("integrity", "not known", problem: "the database cannot be examined (\(Shown.text("\(error)"))).")
        case nil:
            fail(
                RunServiceError(.timedOut, "The disk with \(Shown.path(path)) did not answer within \(seconds + 5) s."))
        }
        return nil
    }

    private mutating func note(_ found: DatabaseExamination) {
        note("journal", Shown.text(found.journal))
        switch found.complaints {
        case nil: note("integrity", "not all looked at within \(Self.patience) s, and nothing wrong so far")
        case []?: note("integrity", "ok")
        case let complaints?:
            note(
                "integrity", "damaged",
                problem: "SQLite finds damage: \(Shown.text(complaints[0])). Copy the file away, then "
                    + "`sqlite3 runs.db .recover` can save what is whole.")
        }
    }

    private mutating func noteSize(_ path: String) {
        let sizes = [("", ""), ("-wal", " and a log of ")].compactMap { suffix, words in
            FileStamp(path + suffix, followingLinks: true).map { words + MachineExamination.bytes($0.size) }
        }
        note("size", sizes.joined())
    }

    private mutating func noteFreeSpace(_ path: String) {
        guard let free = MachineExamination.freeBytes(at: path) else { return }
        note(
            "free space", MachineExamination.bytes(free),
            problem: free < 100_000_000
                ? "the disk is nearly full, and nothing can be written then; free some space." : nil)
    }

    // MARK: - A server

    private mutating func examineServer(_ uri: String) async {
        let connection: MLflowConnection
        do throws(RunServiceError) {
            connection = try MLflowConnection(uri: uri, environment: Environment.all)
        } catch {
            return fail(error)
        }
        noteCredentials(connection)
        if let proxy = connection.transport.proxy { note("proxy", proxy.authority) }
        let found = await ServerExamination(of: connection) { Int64(time(nil)) }
        if let fault = found.fault { return fail(fault) }
        note(
            "version",
            (found.isRunwatch ? "runwatch serve, as MLflow " : "MLflow ") + (found.version ?? "of unknown version"))
        if let latency = found.latency { note("latency", "\(latency) ms") }
        guard let skew = found.skew else { return }
        let text = skew == 0 ? "the same as here" : "\(skew.magnitude) s \(skew > 0 ? "ahead" : "behind")"
        note(
            "its clock", text,
            problem: skew.magnitude > 30
                ? "the clocks of this machine and the server differ by \(skew.magnitude) s, so ages and durations are wrong; "
                    + "set them by NTP." : nil)
    }

    private mutating func noteCredentials(_ connection: MLflowConnection) {
        guard let credentials = connection.credentialsInUse else { return note("credentials", "none") }
        let text = "\(credentials.kind) from \(credentials.origin)"
        guard let expiry = credentials.expiry else { return note("credentials", text) }
        let (words, isOver) = Self.end(expiry)
        note(
            "credentials", text + ", " + words,
            problem: isOver ? "the token from \(credentials.origin) has expired; put a new one there." : nil)
    }

    private mutating func noteLogin(_ expiry: CredentialExpiry) {
        let (words, isOver) = Self.end(expiry.moment.milliseconds / 1_000)
        note("credentials", "a login, " + words, problem: isOver ? "the login has expired; \(expiry.remedy)." : nil)
    }

    /// How long until a moment in seconds since 1970, or since then.
    private static func end(_ moment: Int64) -> (words: String, isOver: Bool) {
        let left = moment.subtractingReportingOverflow(Int64(time(nil))).partialValue
        let days = left.magnitude / 86_400
        let age = days > 1 ? "\(days) days" : "\(left.magnitude / 60) minutes"
        return left > 0 ? ("for \(age) more", false) : ("expired \(age) ago", true)
    }

    // MARK: - All of them

    /// Asks what a dashboard would ask first.
    private mutating func read() async {
        if case .embedded(let directory) = location.place,
            FileStamp(directory + "/runs.db", followingLinks: true) == nil
        {
            return
        }
        let (location, patience) = (location, Self.patience)
        let start = ContinuousClock.now
        let result = await Deadline.wait(seconds: patience) {
            () async -> Result<(Int, CredentialExpiry?), RunServiceError> in
            do throws(RunServiceError) {
                let service = try await location.open(readOnly: true)
                let count = try await service.experiments().count
                return .success((count, service.credentialExpiry))
            } catch {
                return .failure(error)
            }
        }
        let time = start.duration(to: .now).components
        switch result {
        case .success((let count, let expiry))?:
            if let expiry { noteLogin(expiry) }
            let milliseconds = time.seconds * 1_000 + time.attoseconds / 1_000_000_000_000_000
            note("reachable", "yes, \(Counted.text(count, "experiment")) within \(milliseconds) ms")
        case .failure(let error)?: fail(error)
        case nil: fail(RunServiceError(.timedOut, "The run service did not answer within \(patience) s."))
        }
    }
}

/// Waits for work that may never end; the work is left to itself then.
enum Deadline {
    /// Nil when the time is over.
    static func wait<Value: Sendable>(
        seconds: Int, _ work: @escaping @Sendable () async -> Value
    ) async -> Value? {
        await wait(.seconds(seconds), work)
    }

    /// Nil when the time is over.
    static func wait<Value: Sendable>(_ time: Duration, _ work: @escaping @Sendable () async -> Value) async -> Value? {
        let (answers, continuation) = AsyncStream.makeStream(of: Value?.self)
        Task { continuation.yield(await work()) }
        let alarm = Task {
            try? await Task.sleep(for: time)
            continuation.yield(nil)
        }
        defer { alarm.cancel() }
        for await answer in answers { return answer }
        return nil
    }
}
