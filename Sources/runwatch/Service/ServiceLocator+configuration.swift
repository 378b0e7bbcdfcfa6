import RunServices
import SlurmService
import UserConfiguration

/// Run services that the user's configuration names.
extension ServiceLocator {
    /// What `service` of the configuration names; nil where it says nothing.
    func configured() throws(RunServiceError) -> ServiceLocation? {
        guard let text = configuration.service else { return nil }
        if let service = configuration.service(named: text.value) { return try location(of: service, reason: nil) }
        let place = try Self.naming(place(of: text.line)) { () throws(RunServiceError) in
            try advising(text.value) { () throws(RunServiceError) in try beside.place(text.value, mayBeNew: false) }
        }
        return ServiceLocation(place: place, reason: configuration.shortName)
    }

    /// Where a named service is.
    /// - Parameter reason: who named it; nil for the configuration itself.
    ///
    /// Throws what is wrong with its address, naming the line.
    func location(of service: NamedService, reason: String?) throws(RunServiceError) -> ServiceLocation {
        let place = try Self.naming(place(of: service.address.line)) { () throws(RunServiceError) in
            try beside.place(service.address.value, mayBeNew: false)
        }
        var location = ServiceLocation(
            place: place,
            reason: reason.map { "\($0) \(service.name)" } ?? "\(service.name), \(configuration.shortName)")
        mark(&location, by: service)
        return location
    }

    /// The services of the configuration as a menu shows them. No disk is asked, for one that hangs must not keep the
    /// others from being shown.
    var configuredDescriptions: [ServiceDescription] {
        configuration.services.map { service in
            let reason = "\(service.name), \(configuration.shortName)"
            switch place(of: service) {
            case .azure(let location):
                return ServiceDescription(kind: "azureml", location: location.name, reason: reason, name: service.name)
            case .slurm(let address):
                return ServiceDescription(kind: "slurm", location: address.shown, reason: reason, name: service.name)
            case .uri(let location):
                return ServiceDescription(kind: "mlflow", location: location.name, reason: reason, name: service.name)
            case .tensorBoard(let path):
                return ServiceDescription(
                    kind: "tensorboard", location: Shown.path(path), reason: reason, name: service.name)
            case .path(let path):
                let isMLflow = path.hasSuffix(".db") && !path.hasSuffix("/runs.db") || path.hasSuffix("/mlruns")
                return ServiceDescription(
                    kind: isMLflow ? "mlflow" : "local", location: Shown.path(path), reason: reason, name: service.name)
            case nil:
                // Choosing it tells what is wrong with its address.
                return ServiceDescription(kind: "?", location: service.name, reason: reason, name: service.name)
            }
        }
    }

    /// The service of the configuration that a menu shows, or that has this name.
    func configured(_ name: String) -> NamedService? {
        if let service = configuration.service(named: name) { return service }
        let index = configuredDescriptions.firstIndex { $0.location == name }
        return index.map { configuration.services[$0] }
    }

    /// A location with what the configuration says of that place, whoever named it.
    func known(_ location: ServiceLocation) -> ServiceLocation {
        var location = location
        for service in configuration.services where isPlace(of: service, location.place) {
            mark(&location, by: service)
        }
        return location
    }

    private func mark(_ location: inout ServiceLocation, by service: NamedService) {
        location.configuredName = location.configuredName ?? service.name
        if let readOnly = service.readOnly, readOnly.value { location.readOnlySince = place(of: readOnly.line) }
    }

    private enum WrittenPlace {
        case azure(AzureMLLocation)
        case slurm(SlurmAddress)
        case uri(MLflowLocation)
        case tensorBoard(String)
        case path(String)
    }

    private func place(of service: NamedService) -> WrittenPlace? {
        do throws(RunServiceError) {
            if let location = try AzureMLLocation(uri: service.address.value) { return .azure(location) }
            if let folder = Self.tensorBoardFolder(service.address.value) {
                return .tensorBoard(beside.absolutePath(folder))
            }
            if let address = try SlurmAddress(uri: service.address.value) { return .slurm(address) }
            if let location = try MLflowLocation(uri: service.address.value, relativeTo: beside.directory) {
                return .uri(location)
            }
            return .path(beside.absolutePath(service.address.value))
        } catch {
            return nil
        }
    }

    private func isPlace(of service: NamedService, _ place: ServiceLocation.Place) -> Bool {
        switch (self.place(of: service), place) {
        case (.azure(let written), .azureML(let location)): written.name == location.name
        case (.slurm(let written), .slurm(let address)): written.owner == address.owner
        case (.uri(let written), .mlflow(let location)):
            Self.withoutSlash(written.name) == Self.withoutSlash(location.name)
        case (.tensorBoard(let path), .tensorBoard(let folder)), (.path(let path), .tensorBoard(let folder)):
            path == folder
        case (.path(let path), .embedded(let directory)): path == directory || path == directory + "/runs.db"
        case (.path(let path), .mlflow(.database(let file))): path == file || path + "/mlflow.db" == file
        case (.path(let path), .mlflow(.files(let folder))): path == folder || path + "/mlruns" == folder
        default: false
        }
    }

    private static func withoutSlash(_ text: String) -> Substring { text.hasSuffix("/") ? text.dropLast() : text[...] }

    /// Puts the name that was probably meant behind the sentence on a text that names nothing.
    func advising<Value>(
        _ text: String, _ body: () throws(RunServiceError) -> Value
    ) throws(RunServiceError) -> Value {
        do throws(RunServiceError) {
            return try body()
        } catch {
            guard error.code == .notFound,
                let near = SimilarName.nearest(to: text, in: configuration.services.map(\.name))
            else { throw error }
            throw RunServiceError(error.code, error.message + " Did you mean the service \(near)?")
        }
    }

    /// Relative paths in the configuration begin at its own directory.
    private var beside: ServiceLocator {
        let path = configuration.path.split(separator: "/").dropLast().joined(separator: "/")
        return ServiceLocator(environment: environment, directory: "/" + path)
    }

    private func place(of line: Int) -> String { "\(Shown.path(configuration.path)):\(line)" }
}
