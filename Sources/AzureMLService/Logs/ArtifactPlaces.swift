import RunModel

/// Where the files of runs are, as far as they were looked at. The addresses hold signatures that open them for anyone, so
/// nothing here is ever shown or logged.
struct ArtifactPlaces {
    /// By run and path.
    private var addresses: [RunID: [String: String]] = [:]
    private var containers: [RunID: String] = [:]
    /// Runs that are remembered.
    private static let limit = 100

    /// The data container of a run; nil where it is not known.
    func container(of id: RunID) -> String? { containers[id] }

    mutating func note(container: String, of id: RunID) {
        if containers.count >= 10 * Self.limit { containers = [:] }
        containers[id] = container
    }

    func address(of path: String, in id: RunID) -> String? { addresses[id]?[path] }

    /// All addresses of the logs of a run, in place of those known before.
    mutating func note(logs: [String: String], of id: RunID) {
        if addresses.count >= Self.limit && addresses[id] == nil { addresses = [:] }
        addresses[id] = logs
    }

    mutating func note(_ address: String, of path: String, in id: RunID) {
        if addresses.count >= Self.limit && addresses[id] == nil { addresses = [:] }
        addresses[id, default: [:]][path] = address
    }

    /// Forgets an address that is not accepted any more.
    mutating func forget(_ path: String, in id: RunID) { addresses[id]?[path] = nil }
}
