import AzureMLFolder
import AzureMLService
import Glibc
import LocalStore
import MLflowService
import RunServices
import SlurmCommands
import SlurmService
import TensorBoardService
import UserConfiguration

/// Finds the run service to talk to: what a person names, else what the environment names, else what lies in the current
/// directory, else an Azure ML workspace that this directory or the environment belongs to, else what the user's
/// configuration names, else the embedded store.
struct ServiceLocator: Sendable {
    /// Empty values count as absent.
    let environment: [String: String]
    /// The current directory, an absolute path.
    let directory: String
    /// What the user's configuration says of services.
    var configuration = ConfigurationFile(path: "")

    /// By what this process was started with.
    static var here: ServiceLocator {
        ServiceLocator(
            environment: Environment.all, directory: Environment.currentDirectory, configuration: UserFile.usable)
    }

    /// - Parameters:
    ///   - service: an address, a path, or a name from the configuration.
    ///   - store: the directory of an embedded store, which need not exist.
    ///
    /// Throws a sentence that says which of them is wrong.
    func choose(service: String? = nil, store: String? = nil) throws(RunServiceError) -> ServiceLocation {
        if let store { return known(ServiceLocation(place: .embedded(absolutePath(store)), reason: "--store")) }
        if let service { return try named(service, reason: "--service") }
        if let named = try fromEnvironment() { return known(named) }
        if let here = inDirectory.first { return known(here) }
        if let folder = try inFolder() { return known(folder) }
        if let job = try fromSubmittedRun() { return known(job) }
        return known(try configured() ?? embedded)
    }

    /// All that `choose` could come to without options and configuration, without what is set wrongly.
    var offered: [ServiceLocation] {
        let named = [try? fromOwnVariable(), try? fromMLflowVariable()].compactMap { $0 }
        let azure = [try? inFolder(), try? fromSubmittedRun()].compactMap { $0 }
        return (named + inDirectory + azure + [embedded] + slurm).map(known)
    }

    /// What a person wrote where others may see it: a password there is refused, and a path must exist.
    func named(_ given: String, reason: String) throws(RunServiceError) -> ServiceLocation {
        let text = trimmed(given)
        if text.isEmpty {
            throw RunServiceError(.invalid, "\(reason): this names no run service; give an address or a path.")
        }
        if let service = configuration.service(named: text) { return try location(of: service, reason: reason) }
        let place = try Self.naming(reason) { () throws(RunServiceError) in
            try advising(text) { () throws(RunServiceError) in try self.place(text, mayBeNew: false) }
        }
        if case .mlflow(let location) = place, location.hasCredentials {
            throw RunServiceError(
                .invalid,
                "\(reason): others can read a user and password there; set MLFLOW_TRACKING_USERNAME and "
                    + "MLFLOW_TRACKING_PASSWORD, or put the whole address into RUNWATCH_SERVICE.")
        }
        return known(ServiceLocation(place: place, reason: reason))
    }

    /// What `RUNWATCH_SERVICE` names.
    func fromOwnVariable() throws(RunServiceError) -> ServiceLocation? {
        guard let text = variable("RUNWATCH_SERVICE") else { return nil }
        if let service = configuration.service(named: text) {
            return try location(of: service, reason: "RUNWATCH_SERVICE")
        }
        return try Self.naming("RUNWATCH_SERVICE") { () throws(RunServiceError) in
            ServiceLocation(place: try place(text, mayBeNew: true), reason: "RUNWATCH_SERVICE")
        }
    }

    private func fromEnvironment() throws(RunServiceError) -> ServiceLocation? {
        if let own = try fromOwnVariable() { return own }
        return try fromMLflowVariable()
    }

    private func fromMLflowVariable() throws(RunServiceError) -> ServiceLocation? {
        guard let text = variable("MLFLOW_TRACKING_URI") else { return nil }
        return try Self.naming("MLFLOW_TRACKING_URI") { () throws(RunServiceError) in
            if let azure = try AzureMLLocation(uri: text) {
                return ServiceLocation(place: .azureML(azure), reason: "MLFLOW_TRACKING_URI")
            }
            let named = try MLflowLocation(uri: text, relativeTo: directory)
            let location = if let named { named } else { try MLflowLocation(path: path(text)) }
            return ServiceLocation(place: .mlflow(location), reason: "MLFLOW_TRACKING_URI")
        }
    }

    /// What lies in the current directory.
    private var inDirectory: [ServiceLocation] {
        MLflowLocation.found(in: directory).map {
            ServiceLocation(place: .mlflow($0), reason: "in this directory")
        }
    }

    /// The workspace that Azure's own tools would find from here: named in this directory or above it.
    private func inFolder() throws(RunServiceError) -> ServiceLocation? {
        guard let folder = try WorkspaceFolder.nearest(to: directory) else { return nil }
        let here = directory.hasSuffix("/") ? directory : directory + "/"
        let file = folder.file.hasPrefix(here) ? Shown.text(String(folder.file.dropFirst(here.count))) : nil
        return ServiceLocation(place: .azureML(AzureMLLocation(folder)), reason: file ?? Shown.path(folder.file))
    }

    /// The workspace in which Azure ML runs this very process.
    private func fromSubmittedRun() throws(RunServiceError) -> ServiceLocation? {
        guard let run = try SubmittedRun(AzureEnvironment(environment)) else { return nil }
        return ServiceLocation(place: .azureML(AzureMLLocation(run)), reason: "AZUREML_RUN_ID")
    }

    /// Slurm's jobs, where its commands are.
    private var slurm: [ServiceLocation] {
        guard environment["PATH"] != nil, SlurmTool(environment: environment).isInstalled else { return [] }
        return [ServiceLocation(place: .slurm(SlurmAddress()), reason: "squeue")]
    }

    private var embedded: ServiceLocation {
        ServiceLocation(place: .embedded(LocalStore.defaultDirectory(environment: environment)), reason: "default")
    }

    /// What an address or a path stands for.
    /// - Parameter mayBeNew: a directory without runs is to become an embedded store.
    func place(_ text: String, mayBeNew: Bool) throws(RunServiceError) -> ServiceLocation.Place {
        if let azure = try AzureMLLocation(uri: text) { return .azureML(azure) }
        if let folder = Self.tensorBoardFolder(text) { return .tensorBoard(absolutePath(folder)) }
        if let slurm = try SlurmAddress(uri: text) { return .slurm(slurm) }
        if let location = try MLflowLocation(uri: text, relativeTo: directory) { return .mlflow(location) }
        let path = try path(text)
        if let azure = try AzureMLLocation(path: path) { return .azureML(azure) }
        if access(path + "/runs.db", F_OK) == 0 { return .embedded(path) }
        if path.hasSuffix("/runs.db"), access(path, F_OK) == 0 { return .embedded(String(path.dropLast(8))) }
        if EventPlaces.isEventFile(path), let slash = path.lastIndex(of: "/") {
            return .tensorBoard(slash == path.startIndex ? "/" : String(path[..<slash]))
        }
        do throws(RunServiceError) {
            return .mlflow(try MLflowLocation(path: path))
        } catch {
            // Whatever else is there, it holds no runs of MLflow's.
            if error.code == .invalid, EventPlaces.lie(below: path) { return .tensorBoard(path) }
            let isMLflowName = path.hasSuffix(".db") || path.hasSuffix("/mlruns")
            if mayBeNew && !isMLflowName && [.notFound, .invalid].contains(error.code) { return .embedded(path) }
            guard error.code == .invalid, access(path, F_OK) == 0 else { throw error }
            throw RunServiceError(
                .invalid,
                error.message + " `--store` makes an embedded run store there, and `tensorboard:` in front of the path "
                    + "follows the event files that will lie there.")
        }
    }

    /// What follows `tensorboard:` or `tb:`; nil for other texts.
    static func tensorBoardFolder(_ text: String) -> String? {
        for scheme in ["tensorboard:", "tb:"] where text.lowercased().hasPrefix(scheme) && text.count > scheme.count {
            return String(text.dropFirst(scheme.count))
        }
        return nil
    }

    /// The absolute path that a text means; throws `invalid` where it more likely means a server.
    private func path(_ text: String) throws(RunServiceError) -> String {
        let path = absolutePath(text)
        if MLflowLocation.isServerWithoutScheme(text), access(path, F_OK) != 0 {
            // The text is not repeated, since a password may be in it.
            throw RunServiceError(
                .invalid,
                "http:// is missing: the address of a server begins with http:// or https://. Write ./ in front of a "
                    + "path that looks like one.")
        }
        return path
    }

    /// Without the blanks around it that copying leaves, unless they belong to a path that exists.
    private func trimmed(_ text: String) -> String {
        var rest = Substring(text)
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        if rest.isEmpty || rest.count == text.count { return String(rest) }
        return access(Environment.absolutePath(text, in: directory, home: nil), F_OK) == 0 ? text : String(rest)
    }

    /// Without `..`, which no header should show, where the path exists.
    func absolutePath(_ path: String) -> String {
        let full = Environment.absolutePath(path, in: directory, home: variable("HOME"))
        guard full.contains("/../") || full.hasSuffix("/.."), let resolved = realpath(full, nil) else { return full }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private func variable(_ name: String) -> String? {
        environment[name].map(trimmed).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Puts the name of what was wrong in front of the sentence.
    static func naming<Value>(
        _ source: String, _ body: () throws(RunServiceError) -> Value
    ) throws(RunServiceError) -> Value {
        do throws(RunServiceError) {
            return try body()
        } catch {
            throw RunServiceError(error.code, "\(source): \(error.message)", underlying: error.underlying)
        }
    }
}
